package org.framecast.stream.whep;

import org.framecast.stream.flow.Option;

/**
 * Options of the sink that viewers watch by WebRTC.
 *
 * @param port of the WHEP endpoint; 0 takes a free one
 * @param address of this machine that the endpoint listens on; empty for loopback alone
 * @param bitrateKbps of the pictures; 0 leaves it to size, rate and content
 * @param viewers at most so many at a time, those who have no answer yet included
 */
public record WebRtcSinkOptions(
    @Option(
            title = "Port",
            description = "Of the page and the WHEP endpoint; 0 takes a free one.",
            byDefault = "8090",
            min = 0,
            max = 65_535)
        int port,
    @Option(
            title = "Address",
            description = "Where it listens; empty for this machine alone.",
            byDefault = "",
            max = 200)
        String address,
    @Option(
            title = "Video codec",
            description = "auto: VP8 or H264, as each viewer likes best.",
            byDefault = "auto")
        WebRtcCodec codec,
    @Option(
            title = "Video bitrate",
            description = "0 leaves it to size, rate and content.",
            byDefault = "0",
            min = 0,
            max = 100_000,
            unit = "kbit/s")
        int bitrateKbps,
    @Option(
            title = "Viewers",
            description = "At most so many at a time.",
            byDefault = "20",
            min = 1,
            max = 1_000)
        int viewers) {}
