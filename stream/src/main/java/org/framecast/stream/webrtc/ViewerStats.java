package org.framecast.stream.webrtc;

import java.util.Optional;
import org.framecast.stream.media.Rendition;

/**
 * One viewer in numbers, both tracks together.
 *
 * @param dropped packets that the socket or a closed track did not take
 * @param packetsLost as the viewer last reported
 * @param fractionLost of the video track, 0 to 1, as the viewer last reported
 * @param jitterNanos of the video track's packets, as the viewer last reported
 * @param bitrateLimitBps the viewer's own estimate, 0 when it sent none; far too low while packets
 *     carry no send time, so only for display
 * @param keyframesWanted PLI and FIR received
 * @param nacked packets asked for again
 * @param repeated of those that were sent again
 * @param rendition how the picture is sent to it, empty for sound alone
 * @param reportAgeNanos since the last RTCP packet, -1 when there was none
 */
public record ViewerStats(
    long packets,
    long bytes,
    long dropped,
    long packetsLost,
    double fractionLost,
    long jitterNanos,
    long bitrateLimitBps,
    long keyframesWanted,
    long nacked,
    long repeated,
    Optional<Rendition> rendition,
    long reportAgeNanos) {}
