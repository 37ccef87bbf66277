package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.framecast.stream.codec.AudioDecoder;
import org.framecast.stream.codec.AudioEncoder;
import org.framecast.stream.codec.VideoDecoder;
import org.framecast.stream.codec.VideoDecoderSettings;
import org.framecast.stream.codec.VideoEncoder;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.PoolExhaustedException;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Decoding what came coded: pictures and sound, whole, broken and with gaps. */
class FfmpegDecodersTest extends NativesTest {
  private static final long STEP_NANOS = 33_333_333;
  private static final long START_NANOS = 5_000_000_001L;

  private static VideoDecoderSettings settings(Codec codec) {
    return new VideoDecoderSettings(codec, "publisher", 1 << 20);
  }

  /** Encodes soft waves; the first unit, and those at multiples of ten, are keyframes. */
  private Collected waves(Codec codec, int width, int height, int count) {
    Collected out = new Collected();
    VideoEncoderSettings settings =
        new VideoEncoderSettings(codec, width, height, 1_000_000, 30, 300, 12);
    try (VideoEncoder encoder = codecs.openVideoEncoder(settings, buffers)) {
      for (int i = 0; i < count; i++) {
        try (VideoFrame frame = TestPictures.waves(frames, width, height, i)) {
          Keyframe keyframe = i % 10 == 0 ? Keyframe.FORCE : Keyframe.AS_NEEDED;
          encoder.encode(frame, START_NANOS + i * STEP_NANOS, keyframe, out);
        }
      }
      encoder.flush(out);
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource({
    "VP8,320,180",
    "VP8,321,179",
    "VP9,320,180",
    "VP9,321,179",
    "H264,320,180",
    "AV1,320,180",
    "AV1,321,179"
  })
  void eachUnitBecomesItsPicture(Codec codec, int width, int height) {
    try (Collected coded = waves(codec, width, height, 25);
        VideoDecoder decoder = codecs.openVideoDecoder(settings(codec), frames)) {
      List<Long> numbers = new ArrayList<>();
      for (AccessUnit unit : coded.units) {
        decoder.decode(
            unit,
            frame -> {
              try (frame) {
                numbers.add(frame.frameNumber());
                assertEquals(unit.ptsNanos(), frame.captureNanos());
                assertEquals("publisher", frame.sourceId());
                assertEquals(1, frame.pixels().holders(), "may be drawn on");
                try (VideoFrame wanted =
                    TestPictures.waves(frames, width, height, (int) frame.frameNumber())) {
                  double psnr = TestPictures.psnr(wanted, frame.pixels());
                  assertTrue(psnr > 30, "frame " + frame.frameNumber() + " at " + psnr + " dB");
                }
              }
            });
        boolean read = WrappedBuffer.of(unit.data()).references() == 1;
        assertTrue(read || unit.data().holders() == 2, "what is read later is held");
      }
      assertEquals(25, numbers.size());
      for (int i = 0; i < numbers.size(); i++) {
        assertEquals(i, numbers.get(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VP8", "VP9", "H264", "AV1"})
  void afterAGapNothingIsShownUntilAKeyframe(Codec codec) {
    try (Collected coded = waves(codec, 320, 180, 21);
        VideoDecoder decoder = codecs.openVideoDecoder(settings(codec), frames)) {
      List<Long> numbers = new ArrayList<>();
      assertTrue(decoder.needsKeyframe());
      for (int i = 0; i < coded.units.size(); i++) {
        if (i == 3) {
          decoder.gap();
          assertTrue(decoder.needsKeyframe());
        }
        decoder.decode(coded.units.get(i), frame -> count(frame, numbers));
        assertEquals(i >= 3 && i < 10, decoder.needsKeyframe());
      }
      assertEquals(
          List.of(0L, 1L, 2L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L), numbers);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VP8", "VP9", "H264", "AV1"})
  void aBrokenUnitIsRefusedAndTheNextKeyframeIsShown(Codec codec) {
    try (Collected coded = waves(codec, 320, 180, 11);
        VideoDecoder decoder = codecs.openVideoDecoder(settings(codec), frames)) {
      List<Long> numbers = new ArrayList<>();
      try (AccessUnit rubbish =
          new AccessUnit(codec, AccessUnit.Kind.KEYFRAME, buffer(new byte[40]), 0, 0)) {
        MediaException refused =
            assertThrows(
                MediaException.class, () -> decoder.decode(rubbish, f -> count(f, numbers)));
        assertEquals(MediaException.Code.MALFORMED, refused.code());
      }
      assertTrue(decoder.needsKeyframe());
      decoder.decode(coded.units.get(1), frame -> count(frame, numbers));
      assertEquals(List.of(), numbers);
      decoder.decode(coded.units.get(10), frame -> count(frame, numbers));
      assertEquals(List.of(2L), numbers);
      assertFalse(decoder.needsKeyframe());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VP8", "VP9", "H264", "AV1"})
  void aPictureOverTheLimitIsRefused(Codec codec) {
    VideoDecoderSettings small = new VideoDecoderSettings(codec, "publisher", 100 * 100);
    try (Collected coded = waves(codec, 320, 180, 1);
        VideoDecoder decoder = codecs.openVideoDecoder(small, frames)) {
      assertThrows(
          MediaException.class,
          () -> decoder.decode(coded.units.getFirst(), TimestampedFrame::close));
    }
  }

  @Test
  void aFullPoolCostsThatPictureAlone() {
    try (Collected coded = waves(Codec.VP8, 320, 180, 5);
        FramePool one = FramePool.open("one", 1);
        VideoDecoder decoder = codecs.openVideoDecoder(settings(Codec.VP8), one)) {
      List<Long> numbers = new ArrayList<>();
      List<TimestampedFrame> kept = new ArrayList<>();
      decoder.decode(coded.units.get(0), kept::add);
      assertThrows(
          PoolExhaustedException.class, () -> decoder.decode(coded.units.get(1), kept::add));
      kept.getFirst().close();
      decoder.decode(coded.units.get(2), frame -> count(frame, numbers));
      assertEquals(List.of(2L), numbers);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VP8", "VP9", "H264", "AV1"})
  void mutatedUnitsNeverHarm(Codec codec) {
    Random random = new Random(4711);
    try (Collected coded = waves(codec, 160, 96, 20);
        VideoDecoder decoder = codecs.openVideoDecoder(settings(codec), frames)) {
      List<Long> numbers = new ArrayList<>();
      int refused = 0;
      for (int i = 0; i < 2_500; i++) {
        AccessUnit unit = coded.units.get(random.nextBoolean() ? 0 : random.nextInt(20));
        AccessUnit.Kind kind = random.nextInt(3) == 0 ? unit.kind() : AccessUnit.Kind.KEYFRAME;
        try (AccessUnit mutant =
            new AccessUnit(codec, kind, mutated(unit, random), unit.ptsNanos(), 0)) {
          decoder.decode(mutant, frame -> count(frame, numbers));
        } catch (MediaException e) {
          refused++;
        }
      }
      assertTrue(refused > 100, refused + " refused");
      assertTrue(numbers.size() > 100, numbers.size() + " shown");
      numbers.clear();
      decoder.decode(coded.units.get(10), frame -> count(frame, numbers));
      assertEquals(List.of(2_500L), numbers, "good units are shown after all that");
    }
  }

  private MediaBuffer mutated(AccessUnit unit, Random random) {
    byte[] bytes = unit.data().content().toArray(ValueLayout.JAVA_BYTE);
    int changes = random.nextInt(5);
    for (int i = 0; i < changes; i++) {
      int place = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 40);
      bytes[random.nextInt(place)] = (byte) random.nextInt(256);
    }
    if (random.nextInt(4) == 0) {
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length * 2));
    }
    return buffer(bytes);
  }

  private static void count(TimestampedFrame frame, List<Long> numbers) {
    try (frame) {
      numbers.add(frame.frameNumber());
    }
  }

  @Test
  void soundComesBackAsItWas() {
    try (AudioEncoder encoder = codecs.openAudioEncoder(128_000, buffers);
        AudioDecoder decoder = codecs.openAudioDecoder(buffers);
        Collected coded = new Collected()) {
      int samples = 960 * 20;
      try (AudioFrame tone = new AudioFrame(tone(samples), START_NANOS)) {
        encoder.encode(tone, coded);
      }
      List<Long> times = new ArrayList<>();
      List<Float> left = new ArrayList<>();
      for (AccessUnit unit : coded.units) {
        decoder.decode(
            unit,
            block -> {
              try (block) {
                assertEquals(960, block.samples());
                times.add(block.ptsNanos());
                for (int i = 0; i < block.samples(); i++) {
                  left.add(block.content().getAtIndex(ValueLayout.JAVA_FLOAT, 2L * i));
                }
              }
            });
      }
      assertEquals(coded.times(), times);
      assertTrue(times.size() >= 19);
      assertEquals(440, frequency(left), 3);
    }
  }

  private MediaBuffer tone(int samples) {
    int bytes = samples * AudioFrame.BYTES_PER_SAMPLE_PAIR;
    MediaBuffer pcm = buffers.acquire(bytes).sizeBytes(bytes);
    for (int i = 0; i < samples; i++) {
      float value = (float) (0.5 * Math.sin(2 * Math.PI * 440 * i / AudioFrame.SAMPLE_RATE_HZ));
      pcm.block().setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i, value);
      pcm.block().setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i + 1, value);
    }
    return pcm;
  }

  /** By the zero crossings behind the first tenth of a second. */
  private static double frequency(List<Float> samples) {
    int from = AudioFrame.SAMPLE_RATE_HZ / 10;
    int first = -1;
    int last = -1;
    int crossings = 0;
    for (int i = from; i < samples.size(); i++) {
      if (samples.get(i - 1) < 0 && samples.get(i) >= 0) {
        first = first < 0 ? i : first;
        last = i;
        crossings++;
      }
    }
    return (crossings - 1) * (double) AudioFrame.SAMPLE_RATE_HZ / (last - first);
  }

  @Test
  void mutatedSoundNeverHarms() {
    Random random = new Random(815);
    try (AudioEncoder encoder = codecs.openAudioEncoder(96_000, buffers);
        AudioDecoder decoder = codecs.openAudioDecoder(buffers);
        Collected coded = new Collected()) {
      try (AudioFrame tone = new AudioFrame(tone(960 * 10), START_NANOS)) {
        encoder.encode(tone, coded);
      }
      int refused = 0;
      for (int i = 0; i < 2_500; i++) {
        AccessUnit unit = coded.units.get(random.nextInt(coded.units.size()));
        try (AccessUnit mutant =
            new AccessUnit(
                Codec.OPUS, AccessUnit.Kind.KEYFRAME, mutated(unit, random), i, 20_000_000)) {
          decoder.decode(mutant, AudioFrame::close);
        } catch (MediaException e) {
          refused++;
        }
      }
      assertTrue(refused > 20, refused + " refused");
      int[] blocks = new int[1];
      decoder.decode(
          coded.units.getFirst(),
          block -> {
            try (block) {
              blocks[0]++;
            }
          });
      assertEquals(1, blocks[0]);
    }
  }
}
