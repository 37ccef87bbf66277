package org.framecast.stream.whep;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioInfo;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.MediaInfo;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.media.VideoInfo;
import org.junit.jupiter.api.Test;

class EncodeFaultsTest {
  private static final MediaException BROKEN =
      new MediaException(MediaException.Code.CODEC_FAILED, "no device");

  private static final MediaInfo WITH_PICTURES =
      new MediaInfo(
          Optional.of(new VideoInfo(64, 36, 25)),
          Optional.of(AudioInfo.WORKING),
          Optional.empty(),
          Map.of());

  private final EncodeFaults faults = new EncodeFaults();

  private void fail(int times, MediaException cause) {
    for (int i = 0; i < times; i++) {
      faults.dropped(DropKind.ERROR, cause);
    }
  }

  @Test
  void soManyInARowAreTheEnd() {
    fail(EncodeFaults.LIMIT - 1, BROKEN);
    assertDoesNotThrow(faults::require);
    fail(1, BROKEN);
    assertSame(BROKEN, assertThrows(MediaException.class, faults::require).getCause());
    assertEquals(EncodeFaults.LIMIT, faults.count());
  }

  @Test
  void whatIsMadeBetweenThemBeginsTheRowAnew() {
    List<AccessUnit> delivered = new ArrayList<>();
    try (BufferPool pool = BufferPool.open("units", 1 << 16);
        AccessUnit unit =
            new AccessUnit(
                Codec.VP8, AccessUnit.Kind.KEYFRAME, pool.acquire(10).sizeBytes(10), 0, 0)) {
      fail(EncodeFaults.LIMIT - 1, BROKEN);
      faults
          .watch((rendition, made) -> delivered.add(made))
          .deliver(new Rendition(Codec.VP8, 0), unit);
      fail(EncodeFaults.LIMIT - 1, BROKEN);
      assertDoesNotThrow(faults::require);
      faults.watch(made -> delivered.add(made)).deliver(unit);
      fail(EncodeFaults.LIMIT - 1, BROKEN);
      assertDoesNotThrow(faults::require);
      assertEquals(List.of(unit, unit), delivered);
      faults.begin(WITH_PICTURES);
      faults.watch(made -> delivered.add(made)).deliver(unit);
      fail(1, BROKEN);
      assertThrows(MediaException.class, faults::require, "sound is no picture");
    }
  }

  @Test
  void aPoolThatHasLentAllIsCountedAndNoEnd() {
    fail(
        2 * EncodeFaults.LIMIT,
        new MediaException(MediaException.Code.POOL_EXHAUSTED, "all is lent"));
    faults.dropped(DropKind.LATE, null);
    assertDoesNotThrow(faults::require);
    assertEquals(2 * EncodeFaults.LIMIT, faults.count());
  }
}
