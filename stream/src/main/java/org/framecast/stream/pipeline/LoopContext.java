package org.framecast.stream.pipeline;

import java.util.concurrent.ThreadFactory;
import org.framecast.stream.flow.StageRecorder;
import org.framecast.stream.time.MediaClock;

/**
 * What every loop gets from outside.
 *
 * @param threads makes its threads
 * @param clock the stream's monotonic clock
 * @param recorder where it counts and measures
 */
public record LoopContext(ThreadFactory threads, MediaClock clock, StageRecorder recorder) {}
