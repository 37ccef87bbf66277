package org.framecast.stream.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.Rendition;
import org.junit.jupiter.api.Test;

class NoDemandTest {
  private static final Rendition VP8 = Rendition.best(Codec.VP8);

  private static void ask(RenditionDemand demand) {
    demand.wanted(VP8);
    demand.keyframeWanted(VP8);
    demand.bitrate(VP8, 1_000);
    demand.unwanted(VP8);
  }

  @Test
  void whatCannotBeToldAnythingTakesEverything() {
    ask(RenditionDemand.none());
    assertSame(RenditionDemand.none(), RenditionDemand.none());
  }

  @Test
  void aLateDemandHandsOnToWhatThereIsThen() {
    List<String> heard = new ArrayList<>();
    RenditionDemand hearing =
        new RenditionDemand() {
          @Override
          public void wanted(Rendition rendition) {
            heard.add("wanted");
          }

          @Override
          public void unwanted(Rendition rendition) {
            heard.add("unwanted");
          }

          @Override
          public void keyframeWanted(Rendition rendition) {
            heard.add("keyframe");
          }

          @Override
          public void bitrate(Rendition rendition, int bitrateBps) {
            heard.add("bitrate " + bitrateBps);
          }
        };
    List<RenditionDemand> now = new ArrayList<>(List.of(RenditionDemand.none()));
    LateDemand late = new LateDemand(now::getFirst);
    ask(late);
    assertEquals(List.of(), heard);
    now.set(0, hearing);
    ask(late);
    assertEquals(List.of("wanted", "keyframe", "bitrate 1000", "unwanted"), heard);
  }
}
