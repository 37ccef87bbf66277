package org.framecast.stream.webrtc;

import java.util.concurrent.ThreadFactory;
import org.framecast.stream.webrtc.ingest.IngestSettings;

/**
 * How publishers are taken.
 *
 * @param limits their silence is counted from the last packet of any kind
 * @param threads makes one reading thread for each
 */
public record WhipSettings(
    NegotiatorSettings limits, IngestSettings ingest, ThreadFactory threads) {}
