package org.framecast.stream.pipeline;

import org.framecast.stream.media.Rendition;

/**
 * The numbers of one encode at one moment.
 *
 * @param width of the coded picture; 0 before the first
 * @param targetBps what the encoder was opened for
 * @param videoBps bits a second that it made, over the last seconds
 * @param fps pictures a second that it made, over the last seconds
 * @param units that it made since it was opened
 * @param dropped frames that it was too slow for
 */
public record EncodeSnapshot(
    Rendition rendition,
    int width,
    int height,
    int targetBps,
    long videoBps,
    double fps,
    long units,
    long dropped) {}
