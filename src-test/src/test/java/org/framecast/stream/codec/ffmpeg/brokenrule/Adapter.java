package org.framecast.stream.codec.ffmpeg.brokenrule;

/** A class of an adapter. */
public final class Adapter {}
