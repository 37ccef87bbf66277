package org.framecast.viewer;

/**
 * A stream's picture in small.
 *
 * @param jpeg never changed
 * @param madeNanos on the server's monotonic clock
 */
public record Thumbnail(byte[] jpeg, long madeNanos) {}
