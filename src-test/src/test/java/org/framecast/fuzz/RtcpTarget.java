package org.framecast.fuzz;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.framecast.stream.webrtc.rtp.RtcpListener;
import org.framecast.stream.webrtc.rtp.RtcpReader;

/** Reports and requests of peers. */
final class RtcpTarget implements FuzzTarget, RtcpListener {
  private int heard;

  @Override
  public List<byte[]> seeds() {
    return Stream.of(
            // Receiver report with a block, then PLI.
            "81c90007000000010000000210000005000012340000000a0000000000000000"
                + "81ce00020000000100000002",
            // Sender report with a block and names.
            "81c8000c0000000100000002000000030000000400000005000000060000000200000000000000010000"
                + "0001000000000000000081ca00030000000101026161000000",
            // Generic NACK of two groups.
            "81cd000400000001000000020010ffff00220001",
            // FIR.
            "84ce000400000001000000000000000201000000",
            // REMB for two sources.
            "8fce000600000001000000005245" + "4d420203ffff0000000200000003",
            // Transport-wide feedback, then goodbye.
            "8fcd000500000001000000020001000200000300200200000000000081cb000100000001")
        .map(HexFormat.of()::parseHex)
        .toList();
  }

  @Override
  public boolean feed(byte[] input) {
    int before = heard;
    ByteBuffer packet = ByteBuffer.wrap(input);
    if (RtcpReader.isRtcp(packet)) {
      RtcpReader.read(packet, this);
    }
    return heard > before;
  }

  @Override
  public void report(int ssrc, int fractionLost, int packetsLost, int jitter) {
    if (fractionLost < 0 || fractionLost > 255) {
      throw new AssertionError("fraction " + fractionLost);
    }
    heard++;
  }

  @Override
  public void keyframeWanted(int ssrc) {
    heard++;
  }

  @Override
  public void bitrateLimit(long bitrateBps) {
    if (bitrateBps < 0) {
      throw new AssertionError("bitrate " + bitrateBps);
    }
    heard++;
  }

  @Override
  public void missing(int ssrc, int sequence, int following) {
    if (sequence < 0 || sequence > 0xffff || following < 0 || following > 0xffff) {
      throw new AssertionError("missing " + sequence + " and " + following);
    }
    heard++;
  }

  @Override
  public void senderReport(int ssrc, long ntp, int rtpTimestamp) {
    heard++;
  }

  @Override
  public void close() {}
}
