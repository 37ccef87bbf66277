package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.framecast.stream.media.Codec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitratesTest {
  @ParameterizedTest
  @CsvSource({
    "320,180,150000",
    "480,270,350000",
    "640,360,500000",
    "960,540,1200000",
    "1280,720,2500000",
    "1920,1080,4000000"
  })
  void theReferencePointsAreMet(int width, int height, int bps) {
    assertEquals(bps, Bitrates.videoBps(Codec.VP8, width, height, 30));
    assertEquals(bps, Bitrates.videoBps(Codec.H264, width, height, 30));
    assertEquals(bps * 0.7, Bitrates.videoBps(Codec.VP9, width, height, 30), 1);
    assertEquals(bps * 0.7, Bitrates.videoBps(Codec.AV1, width, height, 30), 1);
  }

  @Test
  void moreOfAnythingIsNeverLess() {
    for (Codec codec : new Codec[] {Codec.VP8, Codec.VP9, Codec.H264, Codec.AV1}) {
      int bySize = 0;
      for (int height = 16; height <= 4_320; height += 16) {
        int next = Bitrates.videoBps(codec, height * 16 / 9, height, 30);
        assertTrue(next >= bySize, codec + " at " + height);
        bySize = next;
      }
      int byRate = 0;
      for (int fps = 1; fps <= 120; fps++) {
        int next = Bitrates.videoBps(codec, 1280, 720, fps);
        assertTrue(next >= byRate, codec + " at " + fps + "/s");
        byRate = next;
      }
      int byContent = 0;
      for (double motion = 0; motion <= 60; motion += 0.25) {
        int next = Bitrates.videoBps(codec, 1280, 720, 30, Bitrates.contentFactor(motion));
        assertTrue(next >= byContent, codec + " with " + motion);
        byContent = next;
      }
    }
  }

  @Test
  void doubleTheFrameRateIsLessThanDoubleTheBits() {
    int at30 = Bitrates.videoBps(Codec.VP8, 1280, 720, 30);
    int at60 = Bitrates.videoBps(Codec.VP8, 1280, 720, 60);
    assertEquals(Math.pow(2, 0.75), (double) at60 / at30, 0.001);
  }

  @Test
  void contentIsCountedWithinItsBounds() {
    assertEquals(1, Bitrates.contentFactor(4));
    assertEquals(0.5, Bitrates.contentFactor(0));
    assertEquals(0.5, Bitrates.contentFactor(1));
    assertEquals(Math.sqrt(0.5), Bitrates.contentFactor(2), 1e-9);
    assertEquals(1.5, Bitrates.contentFactor(9));
    assertEquals(1.5, Bitrates.contentFactor(255));
  }

  @Test
  void soundHasNoPlaceHere() {
    assertThrows(IllegalArgumentException.class, () -> Bitrates.videoBps(Codec.OPUS, 640, 360, 30));
  }
}
