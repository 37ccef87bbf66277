package org.framecast.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What both sides of {@link TranscodeBench} read and write, and the {@code ffmpeg} program's side.
 */
record TranscodeCase(Path input, int bitrateBps) {
  /** What a file sink sets: libvpx's speed, and a keyframe every two seconds. */
  private static final int SPEED = 8;

  private static final int KEYFRAME_INTERVAL = 2 * EncodeCase.FRAME_RATE;
  private static final String INPUT_BPS = "4000000";

  /** Writes a file of H264 with a moving test picture and a camera's noise. */
  static void writeInput(Path to, String size, int frames) {
    ChildProcess.run(
        List.of(
            EncodeCase.program(),
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=%s:rate=%d,noise=alls=6:allf=t".formatted(size, EncodeCase.FRAME_RATE),
            "-frames:v",
            Integer.toString(frames),
            "-pix_fmt",
            "yuv420p",
            "-c:v",
            "libopenh264",
            "-b:v",
            INPUT_BPS,
            "-g",
            Integer.toString(KEYFRAME_INTERVAL),
            to.toString()));
  }

  /** The {@code ffmpeg} program's side: decoder and encoder with one thread each. */
  void peer(Path to, int frames) {
    List<String> command =
        new ArrayList<>(
            List.of(
                EncodeCase.program(),
                "-v",
                "error",
                "-nostdin",
                "-y",
                "-threads",
                "1",
                "-filter_threads",
                "1",
                "-i",
                input.toString(),
                "-frames:v",
                Integer.toString(frames)));
    command.addAll(EncodeCase.vp8(bitrateBps, SPEED, KEYFRAME_INTERVAL));
    command.addAll(List.of("-f", "webm", to.toString()));
    ChildProcess.run(command);
  }

  /** Our side, in a JVM of its own. */
  void ours(Path to, int frames) {
    ChildProcess.java(TranscodeRun.class, arguments(to, frames, 1));
  }

  /** The arguments of {@link TranscodeRun}. */
  List<String> arguments(Path to, int frames, int rounds) {
    return List.of(
        input.toString(),
        to.toString(),
        Integer.toString(bitrateBps),
        Integer.toString(frames),
        Integer.toString(rounds));
  }
}
