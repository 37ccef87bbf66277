package org.framecast.stream.codec;

import java.util.Locale;

/**
 * Encoders in hardware that take pictures from the machine's own memory, by the names that FFmpeg
 * has for them. Those of VA-API and Quick Sync take pictures of the graphics card's memory alone,
 * and are not among them.
 */
public enum HardwareEncoder {
  /** NVIDIA's cards. */
  NVENC,
  /** Video4Linux' memory-to-memory devices, as in small boards. */
  V4L2M2M;

  /** What it is called with a codec, such as {@code h264_nvenc}. */
  public String nameFor(TrackCodec codec) {
    String coded = codec == TrackCodec.H265 ? "hevc" : codec.title().toLowerCase(Locale.ROOT);
    return coded + "_" + name().toLowerCase(Locale.ROOT);
  }
}
