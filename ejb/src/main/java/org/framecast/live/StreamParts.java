package org.framecast.live;

import java.util.concurrent.ThreadFactory;
import org.framecast.config.ServerConfig;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.WallClock;

/**
 * What every live stream is built on; all of it outlives the streams.
 *
 * @param threads makes the streams' threads
 */
public record StreamParts(
    ServerConfig config,
    MediaCodecs codecs,
    ThreadFactory threads,
    MediaClock clock,
    WallClock wallClock) {}
