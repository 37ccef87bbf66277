package org.framecast.stream.webrtc.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtcpReaderTest {
  private final List<String> heard = new ArrayList<>();
  private final RtcpListener listener =
      new RtcpListener() {
        @Override
        public void report(int ssrc, int fractionLost, int packetsLost, int jitter) {
          heard.add("report %x %d %d %d".formatted(ssrc, fractionLost, packetsLost, jitter));
        }

        @Override
        public void keyframeWanted(int ssrc) {
          heard.add("keyframe %x".formatted(ssrc));
        }

        @Override
        public void bitrateLimit(long bitrateBps) {
          heard.add("limit " + bitrateBps);
        }

        @Override
        public void missing(int ssrc, int sequence, int following) {
          heard.add("missing %x %d %x".formatted(ssrc, sequence, following));
        }
      };

  @Test
  void readsEachKindOfACompound() {
    String report =
        "81c90007"
            + "00000001"
            + "0000aaaa"
            + "40fffffe"
            + "00010002"
            + "00000063"
            + "00000000"
            + "00000000";
    String pli = "81ce0002" + "00000001" + "0000bbbb";
    String fir = "84ce0004" + "00000001" + "00000000" + "0000cccc" + "01000000";
    String remb = "8fce0005" + "00000001" + "00000000" + "52454d42" + "010a03e8" + "0000aaaa";
    String nack = "81cd0003" + "00000001" + "0000aaaa" + "12340005";
    String names = "81ca0002" + "00000001" + "00000000";
    read(report + names + pli + fir + remb + nack);
    assertEquals(
        List.of(
            "report aaaa 64 -2 99",
            "keyframe bbbb",
            "keyframe cccc",
            "limit " + (((0x0a03e8L & 0x3ffff)) << 2),
            "missing aaaa 4660 5"),
        heard);
  }

  @Test
  void ignoresWhatDoesNotFit() {
    read("81c90007" + "00000001");
    read("41c90001" + "00000001");
    read("81ce0001" + "00000001");
    read("8fce0003" + "00000001" + "00000000" + "52454d42");
    read("");
    read("80");
    assertEquals(List.of(), heard);
  }

  @Test
  void survivesNoise() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(80)];
      random.nextBytes(noise);
      if (noise.length > 4) {
        noise[0] = (byte) (0x80 | (noise[0] & 0x1f));
        noise[1] = (byte) (200 + random.nextInt(8));
        noise[2] = 0;
        noise[3] = (byte) random.nextInt(20);
      }
      RtcpReader.read(ByteBuffer.wrap(noise), listener);
    }
    assertFalse(heard.isEmpty());
  }

  @Test
  void tellsRtcpFromRtp() {
    assertTrue(RtcpReader.isRtcp(bytes("80c90001" + "00000001")));
    assertFalse(RtcpReader.isRtcp(bytes("80600001" + "00000001")));
    assertFalse(RtcpReader.isRtcp(bytes("80ef0001" + "00000001")));
    assertFalse(RtcpReader.isRtcp(bytes("80c9")));
  }

  private void read(String hex) {
    RtcpReader.read(bytes(hex), listener);
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }
}
