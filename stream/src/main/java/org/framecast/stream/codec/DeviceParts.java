package org.framecast.stream.codec;

import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.time.MediaClock;

/**
 * What an open device is built on.
 *
 * @param sourceId what its frames say of where they come from
 * @param frames where its pictures come from
 * @param buffers where its sound comes from
 * @param clock of its times
 */
public record DeviceParts(
    String sourceId, FramePool frames, BufferPool buffers, MediaClock clock) {}
