package org.framecast.stream.webrtc;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.framecast.stream.transport.TrackSpec;
import org.framecast.stream.webrtc.rtp.StreamIdentity;
import org.framecast.stream.webrtc.sdp.PlannedSection;

/** The random names and numbers of one viewer. */
final class ViewerIds {
  private final SecureRandom random;
  private final String cname;
  private final String streamId;
  private int firstSsrc;

  ViewerIds(SecureRandom random) {
    this.random = random;
    cname = hex(8);
    streamId = "framecast-" + hex(8);
  }

  /** A track with an SSRC that the viewer's other track does not have. */
  TrackSpec track(PlannedSection.Accepted section) {
    int ssrc = random.nextInt();
    while (ssrc == 0 || ssrc == firstSsrc) {
      ssrc = random.nextInt();
    }
    firstSsrc = ssrc;
    return new TrackSpec(
        section.mid(),
        section.kind(),
        section.format().codec(),
        section.payloadType(),
        ssrc,
        cname,
        streamId,
        section.kind().sdpName());
  }

  /**
   * A first sequence number in the lower half: RFC 3711 §3.3.1, a packet lost at the beginning must
   * not look like one of the round before.
   */
  private int firstSequence() {
    return random.nextInt() & 0x7fff;
  }

  StreamIdentity identity(TrackSpec spec, PlannedSection.Accepted section) {
    return new StreamIdentity(spec.payloadType(), spec.ssrc(), section.sendTimeId());
  }

  TrackNumbers numbers() {
    return new TrackNumbers(firstSequence(), random.nextInt(), random.nextInt() & 0x7fff);
  }

  String publicId() {
    return hex(9);
  }

  /** A number of 62 bits, as RFC 8829 §5.2.1 wants it. */
  long sessionId() {
    return random.nextLong() >>> 2;
  }

  private String hex(int bytes) {
    byte[] raw = new byte[bytes];
    random.nextBytes(raw);
    return HexFormat.of().formatHex(raw);
  }
}
