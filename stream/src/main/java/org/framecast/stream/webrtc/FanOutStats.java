package org.framecast.stream.webrtc;

/**
 * A fan-out in numbers.
 *
 * @param units access units delivered to it
 * @param refused access units that no packetizer could take
 * @param packets sent to all viewers together
 * @param bytes of those packets
 * @param dropped packets that a viewer's socket did not take
 * @param skipped units that a sender passed over because it was behind
 * @param repeated packets sent again because they were missing
 * @param keyframesAsked requests that reached the encoder
 */
public record FanOutStats(
    int viewers,
    long units,
    long refused,
    long packets,
    long bytes,
    long dropped,
    long skipped,
    long repeated,
    long keyframesAsked) {}
