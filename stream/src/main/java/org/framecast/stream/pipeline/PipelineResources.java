package org.framecast.stream.pipeline;

import java.util.concurrent.ThreadFactory;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.time.MediaClock;

/**
 * What a pipeline is built on. Everything belongs to whoever made it and outlives the pipeline.
 *
 * @param frames where decoded pictures come from
 * @param buffers where access units and coded images come from
 */
public record PipelineResources(
    MediaCodecs codecs,
    FramePool frames,
    BufferPool buffers,
    ThreadFactory threads,
    MediaClock clock) {}
