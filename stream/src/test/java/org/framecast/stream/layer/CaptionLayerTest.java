package org.framecast.stream.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.framecast.stream.layer.CaptionOptions.Position;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.TimestampedFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaptionLayerTest {
  private final FramePool pool = FramePool.open("test", 4);

  @AfterEach
  void everyFrameIsBack() {
    assertEquals(0, pool.live());
    pool.close();
  }

  @ParameterizedTest
  @EnumSource(Position.class)
  void writesAtItsPlace(Position position) {
    try (TimestampedFrame frame = Pictures.grey(pool, 320, 180)) {
      new CaptionLayer(new CaptionOptions("Hello", position, 2, 1)).process(frame);
      boolean top = position.name().startsWith("TOP");
      assertTrue(Pictures.edges(frame, 0, 0, top ? 0 : 140, 320, top ? 40 : 180) > 50);
      assertEquals(0, Pictures.edges(frame, 0, 0, top ? 40 : 0, 320, top ? 180 : 140));
    }
  }

  @Test
  void withoutTextOrOpacityThereIsNothing() {
    try (TimestampedFrame frame = Pictures.grey(pool, 320, 180)) {
      new CaptionLayer(new CaptionOptions("", Position.TOP, 2, 1)).process(frame);
      new CaptionLayer(new CaptionOptions("Hello", Position.TOP, 2, 0)).process(frame);
      assertEquals(0, Pictures.edges(frame, 0, 0, 0, 320, 180));
    }
  }

  @Test
  void aLineThatIsTooLongIsCutOff() {
    try (TimestampedFrame frame = Pictures.grey(pool, 90, 30)) {
      for (Position position : Position.values()) {
        new CaptionLayer(new CaptionOptions("x".repeat(80), position, 8, 0.5)).process(frame);
      }
    }
  }
}
