package org.framecast.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.VideoEncoder;
import org.framecast.stream.codec.VideoEncoder.Keyframe;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.media.BufferPool;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.FramePool;
import org.framecast.stream.media.FrameShape;
import org.framecast.stream.media.VideoFrame;

/**
 * Our side of {@link EncodeBench}, in a JVM of its own: reads raw frames into pooled blocks and
 * encodes them through the port, as a stream does.
 */
final class EncodeRun {
  private static final Pattern RESULT = Pattern.compile("cpu=([0-9.]+) bytes=([0-9]+)");

  private EncodeRun() {}

  /**
   * @param cpuSeconds of the whole process, from its start
   * @param bytes of all units
   */
  record Result(double cpuSeconds, long bytes) {}

  /** Forks a JVM that encodes {@code frames} frames. */
  static Result fork(Path raw, EncodeCase what, int frames) {
    String output =
        ChildProcess.java(
            EncodeRun.class,
            List.of(
                raw.toString(),
                Integer.toString(what.width()),
                Integer.toString(what.height()),
                Integer.toString(what.bitrateBps()),
                Integer.toString(frames)));
    Matcher matcher = RESULT.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException(output);
    }
    return new Result(Double.parseDouble(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  /** The forked program. */
  public static void main(String[] arguments) throws IOException {
    EncodeCase what =
        new EncodeCase(
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]));
    long bytes = encode(Path.of(arguments[0]), what, Integer.parseInt(arguments[4]));
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    System.out.printf(Locale.ROOT, "cpu=%.6f bytes=%d%n", system.getProcessCpuTime() / 1e9, bytes);
  }

  private static long encode(Path raw, EncodeCase what, int frames) throws IOException {
    MediaCodecs codecs = ServiceLoader.load(MediaCodecs.class).findFirst().orElseThrow();
    VideoEncoderSettings settings =
        new VideoEncoderSettings(
            Codec.VP8,
            what.width(),
            what.height(),
            what.bitrateBps(),
            EncodeCase.FRAME_RATE,
            EncodeCase.KEYFRAME_INTERVAL,
            EncodeCase.SPEED);
    long[] bytes = new long[1];
    try (FramePool pool = FramePool.open("bench frames", 4);
        BufferPool buffers = BufferPool.open("bench units", 64L << 20);
        FileChannel file = FileChannel.open(raw, StandardOpenOption.READ);
        VideoEncoder encoder = codecs.openVideoEncoder(settings, buffers)) {
      for (int i = 0; i < frames; i++) {
        try (VideoFrame frame = pool.acquire(FrameShape.i420(what.width(), what.height()))) {
          read(file, frame);
          long ptsNanos = i * 1_000_000_000L / EncodeCase.FRAME_RATE;
          encoder.encode(
              frame, ptsNanos, Keyframe.AS_NEEDED, unit -> bytes[0] += unit.data().sizeBytes());
        }
      }
      encoder.flush(unit -> bytes[0] += unit.data().sizeBytes());
    }
    return bytes[0];
  }

  /** Fills the frame from the file, which begins again at its end. */
  private static void read(FileChannel file, VideoFrame frame) throws IOException {
    if (file.position() >= file.size()) {
      file.position(0);
    }
    for (int p = 0; p < frame.format().planes(); p++) {
      ByteBuffer plane = frame.plane(p).asByteBuffer();
      int rowBytes = frame.shape().rowBytes(p);
      boolean packed = rowBytes == frame.stride(p);
      int rows = packed ? 1 : frame.shape().rows(p);
      int bytes = packed ? plane.capacity() : rowBytes;
      for (int row = 0; row < rows; row++) {
        plane.limit(row * frame.stride(p) + bytes).position(row * frame.stride(p));
        while (plane.hasRemaining()) {
          if (file.read(plane) < 0) {
            throw new IOException("file ends in a frame");
          }
        }
      }
    }
  }
}
