package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import org.framecast.stream.codec.AudioEncoder;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaBuffer;
import org.junit.jupiter.api.Test;

class OpusEncoderTest extends NativesTest {
  private static final long BLOCK_NANOS = 20_000_000;
  private static final double TONE_HZ = 440;

  private AudioFrame tone(long firstSample, int samples, long ptsNanos) {
    int bytes = samples * AudioFrame.BYTES_PER_SAMPLE_PAIR;
    MediaBuffer pcm = buffers.acquire(bytes).sizeBytes(bytes);
    for (int i = 0; i < samples; i++) {
      double phase = 2 * Math.PI * TONE_HZ * (firstSample + i) / AudioFrame.SAMPLE_RATE_HZ;
      float value = (float) (0.5 * Math.sin(phase));
      pcm.block().setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i, value);
      pcm.block().setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i + 1, value);
    }
    return new AudioFrame(pcm, ptsNanos);
  }

  private static long nanos(long samples) {
    return samples * 1_000_000_000L / AudioFrame.SAMPLE_RATE_HZ;
  }

  @Test
  void blocksOfAnyLengthBecomeUnitsOf20Milliseconds() {
    long start = 7_000_000_000L;
    try (AudioEncoder encoder = codecs.openAudioEncoder(64_000, buffers);
        Collected out = new Collected()) {
      int[] lengths = {128, 1, 2205, 960, 480, 4801};
      int sample = 0;
      for (int i = 0; sample < 48_000; i++) {
        int length = Math.min(lengths[i % lengths.length], 48_000 - sample);
        try (AudioFrame block = tone(sample, length, start + nanos(sample))) {
          encoder.encode(block, out);
        }
        sample += length;
      }
      assertEquals(50, out.units.size());
      for (int i = 0; i < 50; i++) {
        AccessUnit unit = out.units.get(i);
        assertEquals(start + i * BLOCK_NANOS, unit.ptsNanos());
        assertEquals(BLOCK_NANOS, unit.durationNanos());
        assertEquals(Codec.OPUS, unit.codec());
        assertEquals(AccessUnit.Kind.KEYFRAME, unit.kind());
      }
      assertTone(out);
    }
  }

  private static void assertTone(Collected out) {
    double inTone = 0;
    double all = 0;
    try (TestDecoder decoder = new TestDecoder(Codec.OPUS)) {
      long sample = 0;
      double sin = 0;
      double cos = 0;
      for (AccessUnit unit : out.units) {
        for (float value : decoder.decodeSound(unit)) {
          // The first blocks hold the encoder's start.
          if (sample >= 9_600 && sample < 48_000) {
            double phase = 2 * Math.PI * TONE_HZ * sample / AudioFrame.SAMPLE_RATE_HZ;
            sin += value * Math.sin(phase);
            cos += value * Math.cos(phase);
            all += value * value;
          }
          sample++;
        }
      }
      inTone = 2 * (sin * sin + cos * cos) / 38_400;
    }
    assertTrue(all / 38_400 > 0.08, "power " + all / 38_400);
    assertTrue(inTone / all > 0.95, "share of the tone " + inTone / all);
  }

  @Test
  void aGapStartsANewCount() {
    try (AudioEncoder encoder = codecs.openAudioEncoder(64_000, buffers);
        Collected out = new Collected()) {
      long late = nanos(1_440) + 100_000_001;
      try (AudioFrame one = tone(0, 1_440, 0);
          AudioFrame two = tone(1_440, 960, late)) {
        encoder.encode(one, out);
        encoder.encode(two, out);
      }
      assertEquals(java.util.List.of(0L, BLOCK_NANOS, late), out.times());
    }
  }

  @Test
  void aGapInsideABlockIsSilence() {
    try (AudioEncoder encoder = codecs.openAudioEncoder(64_000, buffers);
        Collected out = new Collected()) {
      try (AudioFrame one = tone(0, 240, 0);
          AudioFrame two = tone(720, 720, nanos(720))) {
        encoder.encode(one, out);
        encoder.encode(two, out);
      }
      try (AudioFrame three = tone(1_440, 480, nanos(1_440))) {
        encoder.encode(three, out);
      }
      assertEquals(java.util.List.of(0L, BLOCK_NANOS), out.times());
    }
  }

  @Test
  void aSmallDifferenceMovesTheTimesAndNoSample() {
    try (AudioEncoder encoder = codecs.openAudioEncoder(64_000, buffers);
        Collected out = new Collected()) {
      // The source's clock loses 2 ms a block: more than any does.
      for (int i = 0; i < 20; i++) {
        try (AudioFrame block = tone(i * 960L, 960, i * (BLOCK_NANOS + 2_000_000))) {
          encoder.encode(block, out);
        }
      }
      assertEquals(20, out.units.size());
      for (int i = 0; i < 20; i++) {
        assertEquals(i * (BLOCK_NANOS + 2_000_000), out.units.get(i).ptsNanos());
      }
    }
  }

  @Test
  void ofAnOverlapTheSecondHalfIsLeftOut() {
    try (AudioEncoder encoder = codecs.openAudioEncoder(64_000, buffers);
        Collected out = new Collected()) {
      // From the 5th block on all times are 50 ms earlier.
      int leftOut = 0;
      for (int i = 0; i < 20; i++) {
        long pts = i * BLOCK_NANOS - (i < 5 ? 0 : 50_000_000);
        try (AudioFrame block = tone(i * 960L, 960, pts)) {
          leftOut += encoder.encode(block, out);
        }
      }
      assertEquals(2_400, leftOut);
      assertEquals(17, out.units.size());
      for (int i = 0; i < 17; i++) {
        assertEquals(i * BLOCK_NANOS, out.units.get(i).ptsNanos());
      }
    }
  }

  @Test
  void flushFillsTheLastBlockWithSilenceOnce() {
    AudioEncoder encoder = codecs.openAudioEncoder(64_000, buffers);
    try (Collected out = new Collected();
        AudioFrame block = tone(0, 1_000, 0)) {
      encoder.encode(block, out);
      assertEquals(1, out.units.size());
      encoder.flush(out);
      int units = out.units.size();
      assertTrue(units == 2 || units == 3, units + " units");
      assertEquals(BLOCK_NANOS, out.units.get(1).ptsNanos());
      encoder.flush(out);
      assertEquals(units, out.units.size());
      assertThrows(IllegalStateException.class, () -> encoder.encode(block, out));
    } finally {
      encoder.close();
      encoder.close();
    }
  }
}
