package org.framecast.stream.codec;

/** What an image's header says, before anything is decoded. */
public record ImageInfo(ImageFormat format, int width, int height) {}
