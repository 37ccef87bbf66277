package org.framecast.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.framecast.stream.media.FrameShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailMakerTest {
  @ParameterizedTest
  @CsvSource({
    "1280, 720, 320, 320, 180",
    "720, 1280, 320, 180, 320",
    "320, 180, 320, 320, 180",
    "322, 180, 320, 320, 178",
    "160, 120, 320, 160, 120",
    "4096, 16, 320, 320, 2",
    "101, 57, 320, 102, 58"
  })
  void itsLongerSideIsWithinTheLimitAndItsProportionsStay(
      int width, int height, int side, int small, int low) {
    assertEquals(FrameShape.i420(small, low), ThumbnailMaker.shape(width, height, side));
  }
}
