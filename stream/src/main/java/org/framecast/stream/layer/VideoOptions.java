package org.framecast.stream.layer;

/** The layer that passes pictures through has no options. */
public record VideoOptions() {}
