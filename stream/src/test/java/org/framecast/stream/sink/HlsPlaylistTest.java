package org.framecast.stream.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A playlist's text, word for word. */
class HlsPlaylistTest {
  private final List<String> removed = new ArrayList<>();

  private static HlsPlaylist.Part part(HlsPlaylist playlist, double seconds) {
    return new HlsPlaylist.Part(
        playlist.part(),
        seconds,
        playlist.position().openParts() == 0
            ? HlsPlaylist.Start.KEYFRAME
            : HlsPlaylist.Start.DELTA);
  }

  @Test
  void saysWhatTheDraftWants() {
    HlsPlaylist playlist = new HlsPlaylist("v", new HlsTiming(1_000_000_000L, 340_000_000L, 2));
    for (int segment = 0; segment < 3; segment++) {
      for (double seconds : new double[] {0.32, 0.32, 0.36 - 0.02}) {
        playlist.add(part(playlist, seconds));
      }
      playlist.complete(0.98, removed::add);
    }
    playlist.add(part(playlist, 0.32));
    assertEquals(
        """
        #EXTM3U
        #EXT-X-VERSION:6
        #EXT-X-TARGETDURATION:1
        #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.020
        #EXT-X-PART-INF:PART-TARGET=0.340
        #EXT-X-MEDIA-SEQUENCE:1
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXT-X-MAP:URI="v-init.mp4"
        #EXT-X-PART:DURATION=0.32000,URI="v-1.0.m4s",INDEPENDENT=YES
        #EXT-X-PART:DURATION=0.32000,URI="v-1.1.m4s"
        #EXT-X-PART:DURATION=0.34000,URI="v-1.2.m4s"
        #EXTINF:0.98000,
        v-1.m4s
        #EXT-X-PART:DURATION=0.32000,URI="v-2.0.m4s",INDEPENDENT=YES
        #EXT-X-PART:DURATION=0.32000,URI="v-2.1.m4s"
        #EXT-X-PART:DURATION=0.34000,URI="v-2.2.m4s"
        #EXTINF:0.98000,
        v-2.m4s
        #EXT-X-PART:DURATION=0.32000,URI="v-3.0.m4s",INDEPENDENT=YES
        #EXT-X-PRELOAD-HINT:TYPE=PART,URI="v-3.1.m4s"
        #EXT-X-RENDITION-REPORT:URI="a.m3u8",LAST-MSN=3,LAST-PART=0
        """,
        playlist.text(List.of("#EXT-X-RENDITION-REPORT:URI=\"a.m3u8\",LAST-MSN=3,LAST-PART=0")));
    assertEquals(
        "#EXT-X-RENDITION-REPORT:URI=\"v.m3u8\",LAST-MSN=3,LAST-PART=0", playlist.report());
    HlsText.parse(playlist.text(List.of()));
  }

  @Test
  void keepsWhatAnOlderPlaylistNamedForAWhile() {
    HlsPlaylist playlist = new HlsPlaylist("v", new HlsTiming(1_000_000_000L, 0, 2));
    for (int segment = 0; segment < 5; segment++) {
      playlist.complete(1, removed::add);
    }
    assertEquals(List.of(), removed);
    playlist.complete(1, removed::add);
    assertEquals(List.of("v-0.m4s"), removed);
  }

  @Test
  void aPositionReachesWhatIsThere() {
    HlsPosition position = new HlsPosition(4, 3, 2, Optional.empty(), false);
    assertTrue(position.reaches(3, 99));
    assertTrue(position.reaches(4, -1));
    assertTrue(position.reaches(4, 2));
    assertTrue(position.reaches(4, 3), "the first part of the next");
    assertTrue(position.reaches(5, 1));
    assertFalse(position.reaches(5, 2));
    assertFalse(position.reaches(5, -1));
    assertFalse(position.reaches(6, 0));
    HlsPosition between = new HlsPosition(4, 3, 0, Optional.empty(), false);
    assertTrue(between.reaches(4, 2));
    assertFalse(between.reaches(4, 3));
    assertTrue(new HlsPosition(4, 3, 0, Optional.empty(), true).reaches(9, 0));
  }
}
