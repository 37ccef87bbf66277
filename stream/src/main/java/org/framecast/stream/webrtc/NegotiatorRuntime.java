package org.framecast.stream.webrtc;

import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.WallClock;

/**
 * What a negotiator works with; all of it belongs to the caller.
 *
 * @param work runs what follows a callback: short tasks, some of which close a peer
 * @param timer keeps the limits; its tasks only hand on to {@code work}
 */
public record NegotiatorRuntime(
    Executor work,
    ScheduledExecutorService timer,
    MediaClock clock,
    WallClock wallClock,
    SecureRandom random) {}
