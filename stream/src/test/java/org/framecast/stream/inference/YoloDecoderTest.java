package org.framecast.stream.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import org.framecast.stream.media.Detection;
import org.junit.jupiter.api.Test;

class YoloDecoderTest {
  private static final List<String> LABELS = List.of("cat", "dog");
  private static final int ANCHORS = 6;
  private static final LetterboxFit HALF = new LetterboxFit(0.5f, 0, 70, 320, 180);

  private final float[] table = new float[(4 + LABELS.size()) * ANCHORS];

  @Test
  void boxesComeBackInPixelsOfTheFrame() {
    anchor(2, 100, 120, 40, 20, 0.1f, 0.8f);
    assertEquals(
        List.of(new Detection("dog", 1, 0.8f, 160, 80, 80, 40)), decode(Set.of(), 0.5f, 10));
  }

  @Test
  void theBetterOfTwoOverlappingBoxesOfAClassStands() {
    anchor(0, 100, 120, 40, 20, 0.6f, 0);
    anchor(1, 101, 120, 40, 20, 0.9f, 0);
    anchor(2, 100, 120, 40, 20, 0, 0.7f);
    anchor(3, 200, 120, 40, 20, 0.5f, 0);
    assertEquals(
        List.of("cat 0.9", "dog 0.7", "cat 0.5"),
        decode(Set.of(), 0.5f, 10).stream().map(d -> d.label() + " " + d.score()).toList());
  }

  @Test
  void onlyTheChosenClassesTheSureOnesAndTheBestCount() {
    anchor(0, 50, 120, 20, 20, 0.9f, 0.7f);
    anchor(1, 100, 120, 20, 20, 0, 0.8f);
    anchor(2, 150, 120, 20, 20, 0, 0.49f);
    anchor(3, 200, 120, 20, 20, 0, 0.6f);
    assertEquals(
        List.of(0.8f, 0.7f),
        decode(Set.of("dog"), 0.5f, 2).stream().map(Detection::score).toList());
  }

  @Test
  void eachClassIsJudgedForItself() {
    anchor(0, 50, 120, 20, 20, 0.9f, 0.3f);
    anchor(1, 51, 120, 20, 20, 0.2f, 0.25f);
    anchor(2, 150, 120, 20, 20, 0.19f, 0.5f);
    assertEquals(List.of("cat 0.9", "dog 0.5", "dog 0.3"), eachClass(10));
    assertEquals(List.of("cat 0.9", "dog 0.5"), eachClass(2));
  }

  @Test
  void boxesAreCutAtTheEdge() {
    anchor(5, 0, 75, 40, 40, 0.9f, 0);
    assertEquals(List.of(new Detection("cat", 0, 0.9f, 0, 0, 40, 50)), decode(Set.of(), 0.5f, 10));
  }

  private List<Detection> decode(Set<String> labels, float minScore, int most) {
    return new YoloDecoder(LABELS, ANCHORS)
        .decode(
            MemorySegment.ofArray(table),
            HALF,
            640,
            360,
            new DetectionSettings(minScore, 0.6f, labels, most));
  }

  private List<String> eachClass(int most) {
    return new YoloDecoder(LABELS, ANCHORS)
            .decodeEachClass(
                MemorySegment.ofArray(table),
                HALF,
                640,
                360,
                new DetectionSettings(0.2f, 0.6f, Set.of(), most))
            .stream()
            .map(d -> d.label() + " " + d.score())
            .toList();
  }

  private void anchor(int index, float x, float y, float w, float h, float cat, float dog) {
    float[] values = {x, y, w, h, cat, dog};
    for (int row = 0; row < values.length; row++) {
      table[row * ANCHORS + index] = values[row];
    }
  }
}
