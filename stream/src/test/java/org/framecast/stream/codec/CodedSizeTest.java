package org.framecast.stream.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.framecast.stream.codec.ffmpeg.FfmpegCodecs;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.MediaBuffer;
import org.framecast.stream.media.VideoFrame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The size in a keyframe's header, held against the encoder that wrote it. */
class CodedSizeTest {
  private static final long INTERVAL_NANOS = 33_000_000L;

  @ParameterizedTest
  @CsvSource({
    "VP8,640,360",
    "VP8,1280,720",
    "VP9,640,360",
    "VP9,322,182",
    "H264,640,360",
    "H264,1280,720",
    "H264,322,182"
  })
  void theEncodersSizeIsRead(Codec codec, int width, int height) {
    List<Optional<CodedSize>> sizes = new ArrayList<>();
    try (BufferPool buffers = BufferPool.open("size", 64 << 20);
        FramePool frames = FramePool.open("size", 2);
        VideoEncoder encoder =
            new FfmpegCodecs()
                .openVideoEncoder(
                    new VideoEncoderSettings(codec, width, height, 800_000, 30, 10_000, 12),
                    buffers)) {
      for (int i = 0; i < 3; i++) {
        try (VideoFrame frame = frames.acquire(FrameShape.i420(width, height))) {
          encoder.encode(
              frame,
              (i + 1) * INTERVAL_NANOS,
              i == 0 ? VideoEncoder.Keyframe.FORCE : VideoEncoder.Keyframe.AS_NEEDED,
              unit -> sizes.add(CodedSize.of(unit)));
        }
      }
      encoder.flush(unit -> sizes.add(CodedSize.of(unit)));
    }
    assertEquals(Optional.of(new CodedSize(width, height)), sizes.getFirst());
    sizes.subList(1, sizes.size()).forEach(delta -> assertEquals(Optional.empty(), delta));
  }

  /** High profile, 1920×1080 by cropping, as another encoder writes it. */
  @ParameterizedTest
  @CsvSource({"00000001 67640028acd940780227e5c0440000030004000003 00f03c60c658,1920,1080"})
  void aHighProfileIsRead(String hex, int width, int height) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertEquals(Optional.of(new CodedSize(width, height)), of(Codec.H264, bytes));
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void whateverAStrangerSendsIsReadWithinItsBounds(Codec codec) {
    Random random = new Random(3);
    try (BufferPool pool = BufferPool.open("size", 1 << 16)) {
      for (int i = 0; i < 50_000; i++) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        if (codec == Codec.H264 && bytes.length > 4) {
          ByteBuffer.wrap(bytes).putInt(1).put((byte) 0x67);
        }
        of(pool, codec, bytes)
            .ifPresent(size -> assertEquals(true, size.width() > 0 && size.height() > 0));
      }
    }
  }

  private static Optional<CodedSize> of(Codec codec, byte[] bytes) {
    try (BufferPool pool = BufferPool.open("size", 1 << 16)) {
      return of(pool, codec, bytes);
    }
  }

  private static Optional<CodedSize> of(BufferPool pool, Codec codec, byte[] bytes) {
    MediaBuffer buffer = pool.acquire(Math.max(1, bytes.length));
    buffer.fill(ByteBuffer.wrap(bytes));
    try (AccessUnit unit = new AccessUnit(codec, AccessUnit.Kind.KEYFRAME, buffer, 0, 0)) {
      return CodedSize.of(unit);
    }
  }
}
