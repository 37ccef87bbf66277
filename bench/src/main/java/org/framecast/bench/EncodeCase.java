package org.framecast.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;

/**
 * What both sides of {@link EncodeBench} encode, and the {@code ffmpeg} program's side of it.
 *
 * <p>The settings are those of the stream library; that they are the same is checked by the bytes
 * that come out.
 */
record EncodeCase(int width, int height, int bitrateBps) {
  /** A period of whole microseconds, so that both sides see the same times. */
  static final int FRAME_RATE = 25;

  static final int KEYFRAME_INTERVAL = 300;
  static final int SPEED = 12;

  private static final int BUFFER_MILLIS = 600;
  private static final Pattern CPU = Pattern.compile("bench: utime=([0-9.]+)s stime=([0-9.]+)s");
  private static final Pattern VIDEO_BYTES = Pattern.compile("total_size=([0-9]+)");

  /** Where the {@code ffmpeg} program of the library's own build lies. */
  static String program() {
    return Loader.load(org.bytedeco.ffmpeg.ffmpeg.class);
  }

  /** Writes a moving test picture with a camera's noise as raw frames. */
  void writeRaw(Path raw, int frames) {
    String source =
        "testsrc2=size=%dx%d:rate=%d,noise=alls=6:allf=t".formatted(width, height, FRAME_RATE);
    ChildProcess.run(
        List.of(
            program(),
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            source,
            "-frames:v",
            Integer.toString(frames),
            "-pix_fmt",
            "yuv420p",
            "-f",
            "rawvideo",
            raw.toString()));
  }

  /** CPU seconds of the whole {@code ffmpeg} process for {@code frames} frames. */
  double peerCpuSeconds(Path raw, int frames) {
    List<String> command = new ArrayList<>(List.of(program(), "-v", "info", "-benchmark"));
    command.addAll(encoderArguments(raw, frames));
    command.addAll(List.of("-f", "null", "-"));
    Matcher matcher = CPU.matcher(ChildProcess.run(command));
    if (!matcher.find()) {
      throw new IllegalStateException("ffmpeg printed no benchmark");
    }
    return Double.parseDouble(matcher.group(1)) + Double.parseDouble(matcher.group(2));
  }

  /** Bytes of all units that the {@code ffmpeg} program makes of {@code frames} frames. */
  long peerBytes(Path raw, int frames) {
    List<String> command =
        new ArrayList<>(List.of(program(), "-v", "error", "-nostats", "-progress", "pipe:1"));
    command.addAll(encoderArguments(raw, frames));
    command.addAll(List.of("-f", "rawvideo", "-y", "/dev/null"));
    Matcher matcher = VIDEO_BYTES.matcher(ChildProcess.run(command));
    long bytes = -1;
    while (matcher.find()) {
      bytes = Long.parseLong(matcher.group(1));
    }
    return bytes;
  }

  private List<String> encoderArguments(Path raw, int frames) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-nostdin",
                "-threads",
                "1",
                "-filter_threads",
                "1",
                "-stream_loop",
                "-1",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "yuv420p",
                "-video_size",
                width + "x" + height,
                "-framerate",
                Integer.toString(FRAME_RATE),
                "-i",
                raw.toString(),
                "-frames:v",
                Integer.toString(frames)));
    arguments.addAll(vp8(bitrateBps, SPEED, KEYFRAME_INTERVAL));
    return arguments;
  }

  /** VP8 on one thread with the settings of the stream library, for the {@code ffmpeg} program. */
  static List<String> vp8(int bitrateBps, int speed, int keyframeInterval) {
    String bitrate = Integer.toString(bitrateBps);
    int intraPercent = Math.max(300, FRAME_RATE * BUFFER_MILLIS / 1000 * 100 / 2);
    return List.of(
        "-fps_mode",
        "passthrough",
        "-an",
        "-c:v",
        "libvpx",
        "-threads",
        "1",
        "-deadline",
        "realtime",
        "-cpu-used",
        Integer.toString(-speed),
        "-lag-in-frames",
        "0",
        "-auto-alt-ref",
        "0",
        "-error-resilient",
        "0",
        "-static-thresh",
        "1",
        "-drop-threshold",
        "0",
        "-undershoot-pct",
        "100",
        "-overshoot-pct",
        "15",
        "-max-intra-rate",
        Integer.toString(intraPercent),
        "-qmin",
        "4",
        "-qmax",
        "63",
        "-b:v",
        bitrate,
        "-maxrate",
        bitrate,
        "-minrate",
        bitrate,
        "-bufsize",
        Long.toString((long) bitrateBps * BUFFER_MILLIS / 1000),
        "-g",
        Integer.toString(keyframeInterval));
  }
}
