package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.ServiceLoader;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.VideoEncoder;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.PoolExhaustedException;
import org.framecast.stream.media.VideoFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FfmpegVideoEncoderTest extends NativesTest {
  private static final long STEP_NANOS = 33_333_333;

  private static VideoEncoderSettings settings(Codec codec, int width, int height) {
    return new VideoEncoderSettings(codec, width, height, 1_000_000, 30, 300, 12);
  }

  @Test
  void serviceLoaderFindsTheCodecs() {
    MediaCodecs found = ServiceLoader.load(MediaCodecs.class).findFirst().orElseThrow();
    assertEquals(EnumSet.allOf(Codec.class), found.encoders());
  }

  @ParameterizedTest
  @CsvSource({
    "VP8,320,180",
    "VP8,321,179",
    "VP8,3,5",
    "H264,320,180",
    "VP9,320,180",
    "VP9,321,179",
    "AV1,320,180",
    "AV1,321,179"
  })
  void everyFrameBecomesOneUnitThatShowsIt(Codec codec, int width, int height) {
    try (VideoEncoder encoder = codecs.openVideoEncoder(settings(codec, width, height), buffers);
        TestDecoder decoder = new TestDecoder(codec)) {
      for (int i = 0; i < 30; i++) {
        long pts = 5_000_000_000L + i * STEP_NANOS;
        try (VideoFrame frame = TestPictures.waves(frames, width, height, i);
            Collected out = new Collected()) {
          encoder.encode(frame, pts, Keyframe.AS_NEEDED, out);
          assertEquals(1, out.units.size());
          AccessUnit unit = out.units.getFirst();
          assertEquals(pts, unit.ptsNanos());
          assertEquals(codec, unit.codec());
          assertEquals(i == 0, unit.kind() == AccessUnit.Kind.KEYFRAME);
          try (VideoFrame seen = decoder.decode(unit, frames)) {
            double psnr = TestPictures.psnr(frame, seen);
            assertTrue(psnr > 30, "frame " + i + " at " + psnr + " dB");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VP8", "VP9", "H264", "AV1"})
  void primaryColoursStayThemselves(Codec codec) {
    try (VideoEncoder encoder = codecs.openVideoEncoder(settings(codec, 320, 192), buffers);
        TestDecoder decoder = new TestDecoder(codec);
        VideoFrame frame = TestPictures.patches(frames, 320, 192);
        Collected out = new Collected()) {
      encoder.encode(frame, 0, Keyframe.FORCE, out);
      try (VideoFrame seen = decoder.decode(out.units.getFirst(), frames)) {
        assertTrue(TestPictures.worstPatchError(seen) <= 6);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VP8", "VP9", "H264", "AV1"})
  void keyframeComesWhenForced(Codec codec) {
    try (VideoEncoder encoder = codecs.openVideoEncoder(settings(codec, 320, 180), buffers);
        Collected out = new Collected()) {
      for (int i = 0; i < 12; i++) {
        try (VideoFrame frame = TestPictures.waves(frames, 320, 180, i)) {
          Keyframe keyframe = i == 7 ? Keyframe.FORCE : Keyframe.AS_NEEDED;
          encoder.encode(frame, i * STEP_NANOS, keyframe, out);
        }
      }
      for (int i = 0; i < 12; i++) {
        boolean wanted = i == 0 || i == 7;
        assertEquals(wanted, out.units.get(i).kind() == AccessUnit.Kind.KEYFRAME, "unit " + i);
      }
    }
  }

  @Test
  void keyframesComeAtTheInterval() {
    VideoEncoderSettings often = new VideoEncoderSettings(Codec.VP8, 320, 180, 500_000, 30, 10, 12);
    try (VideoEncoder encoder = codecs.openVideoEncoder(often, buffers);
        Collected out = new Collected()) {
      for (int i = 0; i < 25; i++) {
        try (VideoFrame frame = TestPictures.waves(frames, 320, 180, i)) {
          encoder.encode(frame, i * STEP_NANOS, Keyframe.AS_NEEDED, out);
        }
      }
      assertEquals(3, out.units.stream().filter(u -> u.kind() == AccessUnit.Kind.KEYFRAME).count());
    }
  }

  @Test
  void theBitrateIsKept() {
    VideoEncoderSettings settings =
        new VideoEncoderSettings(Codec.VP8, 320, 180, 300_000, 30, 300, 12);
    long[] bytes = new long[1];
    try (VideoEncoder encoder = codecs.openVideoEncoder(settings, buffers);
        VideoFrame noise = TestPictures.waves(frames, 320, 180, 0)) {
      for (int i = 0; i < 150; i++) {
        for (int k = 0; k < 1000; k++) {
          TestPictures.set(noise, 0, (k * 7919 + i * 104729) % 320, k % 180, k * 31 + i * 17);
        }
        encoder.encode(
            noise, i * STEP_NANOS, Keyframe.AS_NEEDED, u -> bytes[0] += u.data().sizeBytes());
      }
    }
    double bitrateBps = bytes[0] * 8 / 5.0;
    assertTrue(bitrateBps < 300_000 * 1.25, bitrateBps + " bit/s");
  }

  @Test
  void pixelsAreSharedNotCopied() {
    try (VideoEncoder encoder = codecs.openVideoEncoder(settings(Codec.VP8, 320, 180), buffers);
        VideoFrame frame = TestPictures.waves(frames, 320, 180, 0)) {
      encoder.encode(frame, 0, Keyframe.AS_NEEDED, unit -> {});
      WrappedFrame wrapped = WrappedFrame.of(frame);
      AVFrame picture = wrapped.frame();
      for (int p = 0; p < 3; p++) {
        assertEquals(frame.plane(p).address(), picture.data(p).address());
      }
      // What the library does with a frame that it is sent: a reference, no copy.
      AVFrame reference = avutil.av_frame_clone(picture);
      assertEquals(frame.plane(0).address(), reference.data(0).address());
      assertEquals(2, wrapped.references());
      avutil.av_frame_free(reference);

      int natives = codecs.liveNatives();
      for (int i = 1; i < 20; i++) {
        encoder.encode(frame, i * STEP_NANOS, Keyframe.AS_NEEDED, unit -> {});
        assertEquals(1, wrapped.references());
        assertEquals(1, frame.holders());
        assertSame(wrapped, frame.attachment());
      }
      assertEquals(natives, codecs.liveNatives());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VP8", "VP9", "H264", "AV1"})
  void flushEndsTheEncoderOnce(Codec codec) {
    VideoEncoder encoder = codecs.openVideoEncoder(settings(codec, 320, 180), buffers);
    try (VideoFrame frame = TestPictures.waves(frames, 320, 180, 0);
        Collected out = new Collected()) {
      encoder.encode(frame, 0, Keyframe.AS_NEEDED, out);
      encoder.flush(out);
      encoder.flush(out);
      assertEquals(1, out.units.size());
      assertThrows(
          IllegalStateException.class,
          () -> encoder.encode(frame, STEP_NANOS, Keyframe.AS_NEEDED, out));
      encoder.close();
      encoder.close();
      assertThrows(IllegalStateException.class, () -> encoder.flush(out));
    }
  }

  @Test
  void aSinkThatThrowsCostsItsUnitAndTheNextIsAKeyframe() {
    try (VideoEncoder encoder = codecs.openVideoEncoder(settings(Codec.VP8, 320, 180), buffers);
        VideoFrame frame = TestPictures.waves(frames, 320, 180, 0);
        Collected out = new Collected()) {
      encoder.encode(frame, 0, Keyframe.AS_NEEDED, out);
      assertThrows(
          IllegalArgumentException.class,
          () ->
              encoder.encode(
                  frame,
                  STEP_NANOS,
                  Keyframe.AS_NEEDED,
                  unit -> {
                    throw new IllegalArgumentException("test");
                  }));
      encoder.encode(frame, 2 * STEP_NANOS, Keyframe.AS_NEEDED, out);
      encoder.encode(frame, 3 * STEP_NANOS, Keyframe.AS_NEEDED, out);
      assertEquals(AccessUnit.Kind.KEYFRAME, out.units.get(1).kind());
      assertEquals(AccessUnit.Kind.DELTA, out.units.get(2).kind());
    }
  }

  @Test
  void aFrameOfAnotherSizeIsRefused() {
    try (VideoEncoder encoder = codecs.openVideoEncoder(settings(Codec.VP8, 320, 180), buffers);
        VideoFrame frame = TestPictures.waves(frames, 160, 90, 0)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> encoder.encode(frame, 0, Keyframe.AS_NEEDED, unit -> {}));
    }
  }

  @Test
  void soundIsNoPicture() {
    MediaException e =
        assertThrows(
            MediaException.class,
            () -> codecs.openVideoEncoder(settings(Codec.OPUS, 320, 180), buffers));
    assertEquals(MediaException.Code.UNSUPPORTED, e.code());
  }

  @Test
  void anEncoderThatCannotOpenLeavesNothing() {
    MediaException e =
        assertThrows(
            MediaException.class,
            () -> codecs.openVideoEncoder(settings(Codec.VP8, 16_384, 16), buffers));
    assertEquals(MediaException.Code.CODEC_FAILED, e.code());
  }

  @Test
  void h264OfOddSizeLeavesTheOddRowOut() {
    try (VideoEncoder encoder = codecs.openVideoEncoder(settings(Codec.H264, 321, 179), buffers);
        TestDecoder decoder = new TestDecoder(Codec.H264);
        VideoFrame frame = TestPictures.patches(frames, 321, 179);
        Collected out = new Collected()) {
      encoder.encode(frame, 0, Keyframe.FORCE, out);
      try (VideoFrame seen = decoder.decode(out.units.getFirst(), frames)) {
        assertEquals(320, seen.width());
        assertEquals(178, seen.height());
        assertTrue(TestPictures.worstPatchError(seen) <= 6);
      }
    }
  }

  /** What a viewer needs that joins: parameter sets in front of each picture that decodes alone. */
  @Test
  void eachH264KeyframeBringsItsParameterSets() {
    try (VideoEncoder encoder = codecs.openVideoEncoder(settings(Codec.H264, 320, 180), buffers);
        Collected out = new Collected()) {
      for (int i = 0; i < 30; i++) {
        try (VideoFrame frame = TestPictures.waves(frames, 320, 180, i)) {
          Keyframe keyframe = i == 10 ? Keyframe.FORCE : Keyframe.AS_NEEDED;
          encoder.encode(frame, i * STEP_NANOS, keyframe, out);
        }
      }
      for (int i = 0; i < out.units.size(); i++) {
        boolean keyframe = i == 0 || i == 10;
        assertEquals(keyframe ? List.of(7, 8, 5) : List.of(1), nalTypes(out.units.get(i)));
        assertEquals(keyframe, out.units.get(i).kind() == AccessUnit.Kind.KEYFRAME);
      }
      // Constrained baseline: profile 66 with the first two constraints set.
      byte[] first = out.units.getFirst().data().content().toArray(ValueLayout.JAVA_BYTE);
      assertEquals(0x42, first[5]);
      assertEquals(0xC0, first[6] & 0xC0);
    }
  }

  private static List<Integer> nalTypes(AccessUnit unit) {
    byte[] bytes = unit.data().content().toArray(ValueLayout.JAVA_BYTE);
    List<Integer> types = new ArrayList<>();
    for (int i = 0; i + 3 < bytes.length; i++) {
      if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
        types.add(bytes[i + 3] & 0x1F);
      }
    }
    return types;
  }

  @Test
  void aPoolWithoutRoomCostsTheUnit() {
    try (BufferPool tiny = BufferPool.open("tiny", 4096);
        MediaBuffer taken = tiny.acquire(1);
        VideoEncoder encoder = codecs.openVideoEncoder(settings(Codec.VP8, 320, 180), tiny);
        VideoFrame frame = TestPictures.waves(frames, 320, 180, 0)) {
      assertThrows(
          PoolExhaustedException.class,
          () -> encoder.encode(frame, 0, Keyframe.AS_NEEDED, unit -> {}));
      assertEquals(1, WrappedFrame.of(frame).references());
      assertEquals(1, taken.holders());
    }
  }

  @Test
  void twoEncodersMayShareAFrame() throws InterruptedException {
    try (VideoFrame frame = TestPictures.waves(frames, 320, 180, 0);
        VideoEncoder one = codecs.openVideoEncoder(settings(Codec.VP8, 320, 180), buffers);
        VideoEncoder two = codecs.openVideoEncoder(settings(Codec.H264, 320, 180), buffers);
        Collected first = new Collected();
        Collected second = new Collected()) {
      Thread other = new Thread(() -> encodeMany(two, frame, second), "second encoder");
      other.start();
      encodeMany(one, frame, first);
      other.join();
      assertEquals(40, first.units.size());
      assertEquals(first.times(), second.times());
      assertEquals(1, WrappedFrame.of(frame).references());
    }
  }

  private static void encodeMany(VideoEncoder encoder, VideoFrame frame, Collected out) {
    for (int i = 0; i < 40; i++) {
      encoder.encode(frame, i * STEP_NANOS, Keyframe.AS_NEEDED, out);
    }
  }
}
