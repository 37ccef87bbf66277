package org.framecast.stream.whep;

import java.util.concurrent.ScheduledExecutorService;
import org.framecast.stream.pipeline.PipelineResources;
import org.framecast.stream.transport.PeerTransport;

/**
 * What a sink with viewers is built on. Everything belongs to whoever made it and outlives the
 * sink.
 *
 * @param transport one for the process: the native library is
 * @param timer keeps the viewers' limits, and runs what follows an event of theirs; two threads or
 *     more
 */
public record WebRtcParts(
    PipelineResources resources, PeerTransport transport, ScheduledExecutorService timer) {}
