package org.framecast.stream.layer.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.framecast.stream.flow.ComponentKind;
import org.framecast.stream.flow.ComponentProvider;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.OptionBinder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The layers on sound that work on a block alone: gain, level, voice. */
class SoundLayersTest {
  private final BufferPool buffers = BufferPool.open("buffers", 1 << 20);
  private final Blocks blocks = new Blocks(buffers);

  @AfterEach
  void nothingIsLeft() {
    assertEquals(0, buffers.live());
    buffers.close();
  }

  private static <O extends Record> O options(Class<O> type, Map<String, ?> values) {
    return OptionBinder.bind(type, values);
  }

  @Test
  void gainMultipliesAndCutsAtFullScale() {
    for (double decibels : new double[] {0, -6, 6, 20, -60}) {
      GainLayer gain = new GainLayer(options(GainOptions.class, Map.of("gain", decibels)));
      double factor = Math.pow(10, decibels / 20);
      try (AudioFrame block = blocks.next(seconds -> 0.4, seconds -> -0.3)) {
        gain.process(block);
        assertEquals(Math.min(1, 0.4 * factor), Blocks.sample(block, 100), 1e-6);
        assertEquals(Math.max(-1, -0.3 * factor), Blocks.sample(block, 101), 1e-6);
      }
    }
  }

  @Test
  void levelMeasuresEachSideOfEachWindow() {
    List<AudioLevel> seen = new ArrayList<>();
    LevelLayer layer = new LevelLayer(options(LevelOptions.class, Map.of("window", 30)), seen::add);
    assertTrue(layer.level().isEmpty());
    for (int i = 0; i < 6; i++) {
      try (AudioFrame block = blocks.next(Blocks.sine(1_000, 0.5), seconds -> -0.25)) {
        layer.process(block);
        assertEquals(-0.25f, Blocks.sample(block, 1), "it changes nothing");
      }
    }
    assertEquals(4, seen.size(), "windows of 30 ms in 120 ms");
    for (AudioLevel level : seen) {
      assertEquals(0.5 / Math.sqrt(2), level.leftRms(), 1e-4);
      assertEquals(0.5, level.leftPeak(), 1e-3);
      assertEquals(0.25, level.rightRms(), 1e-6);
      assertEquals(0.25, level.rightPeak(), 1e-6);
      assertEquals(-9.03, level.rmsDecibels(), 0.01);
      assertEquals(-6.02, level.peakDecibels(), 0.02);
    }
    assertEquals(List.of(30L, 60L, 90L, 120L), millis(seen.stream().map(AudioLevel::ptsNanos)));
    assertEquals(seen.getLast(), layer.level().orElseThrow());
  }

  @Test
  void whatWasLoudBeforeIsForgottenWithItsWindow() {
    List<AudioLevel> seen = new ArrayList<>();
    LevelLayer layer = new LevelLayer(options(LevelOptions.class, Map.of("window", 20)), seen::add);
    for (double loudness : new double[] {0.5, 0.125}) {
      try (AudioFrame block = blocks.next(seconds -> loudness, seconds -> -loudness)) {
        layer.process(block);
      }
    }
    assertEquals(List.of(0.5, 0.125), seen.stream().map(AudioLevel::leftPeak).toList());
    assertEquals(List.of(0.5, 0.125), seen.stream().map(AudioLevel::rightPeak).toList());
  }

  private static List<Long> millis(java.util.stream.Stream<Long> nanos) {
    return nanos.map(value -> Math.round(value / 1e6)).toList();
  }

  /** What the layer says of a row of 20 ms blocks, as words and milliseconds. */
  private List<String> voice(Map<String, ?> values, String script) {
    List<String> events = new ArrayList<>();
    VoiceLayer layer =
        new VoiceLayer(
            options(VoiceOptions.class, values),
            new VoiceListener() {
              @Override
              public void started(long ptsNanos) {
                events.add("started " + ptsNanos / 1_000_000);
              }

              @Override
              public void paused(long ptsNanos) {
                events.add("paused " + ptsNanos / 1_000_000);
              }
            });
    SplittableRandom random = new SplittableRandom(1);
    for (char kind : script.toCharArray()) {
      try (AudioFrame block =
          blocks.next(
              seconds ->
                  switch (kind) {
                    case 'v' ->
                        0.2 * Math.sin(2 * Math.PI * 180 * seconds)
                            + 0.1 * Math.sin(2 * Math.PI * 720 * seconds)
                            + 0.002 * random.nextDouble(-1, 1);
                    case 'h' -> 0.3 * random.nextDouble(-1, 1);
                    case 'n' -> 0.002 * random.nextDouble(-1, 1);
                    default -> 0;
                  })) {
        layer.process(block);
      }
    }
    assertEquals(
        events.isEmpty() ? false : events.getLast().startsWith("started"), layer.isActive());
    return events;
  }

  @Test
  void aVoiceBeginsAndPausesAfterItsHangover() {
    String silence = "n".repeat(50);
    String speech = "v".repeat(50);
    List<String> events =
        voice(
            Map.of("hangover", 200), silence + speech + "n".repeat(9) + speech + silence + speech);
    assertEquals(3, events.size(), events.toString());
    assertEquals(1_000, at(events.get(0), "started"), 20);
    assertEquals(3_180, at(events.get(1), "paused"), 20, "a gap of 180 ms is no pause");
    assertEquals(4_180, at(events.get(2), "started"), 20);
  }

  private static long at(String event, String word) {
    assertTrue(event.startsWith(word + " "), event);
    return Long.parseLong(event.substring(word.length() + 1));
  }

  @Test
  void hissSilenceAndSoftSoundAreNoVoice() {
    assertEquals(List.of(), voice(Map.of(), "n".repeat(25) + "h".repeat(50) + "s".repeat(25)));
    assertEquals(List.of(), voice(Map.of("threshold", -5.0), "v".repeat(50)));
    assertEquals(List.of(), voice(Map.of(), "nvnnnvnnn"), "20 ms are a click");
  }

  /** From 36 dB below full scale the floor rises by 2 dB a second, to 6 dB below the tone. */
  @Test
  void whatLastsIsNoiseOnceTheFloorHasRisenToIt() {
    List<String> events =
        voice(Map.of("hangover", 200, "threshold", -30.0, "margin", 6.0), "v".repeat(600));
    assertEquals(2, events.size(), events.toString());
    assertEquals(7_000, at(events.get(1), "paused"), 1_500, events.toString());
  }

  @Test
  void theHangoverHoldsAtItsEdge() {
    String gap = "n".repeat(10);
    assertEquals(
        1, voice(Map.of("hangover", 210), "nnnn" + "v".repeat(20) + gap + "v".repeat(20)).size());
    assertEquals(
        3, voice(Map.of("hangover", 200), "nnnn" + "v".repeat(20) + gap + "v".repeat(20)).size());
  }

  @Test
  void allAreFoundAsServices() {
    List<String> names =
        ComponentRegistry.load(GainLayer.class.getClassLoader())
            .all(ComponentKind.AUDIO_LAYER)
            .stream()
            .map(ComponentProvider::name)
            .collect(Collectors.toList());
    assertTrue(names.containsAll(List.of("gain", "level", "mix", "voice")), names.toString());
    assertFalse(names.isEmpty());
  }
}
