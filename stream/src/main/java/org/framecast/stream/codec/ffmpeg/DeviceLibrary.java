package org.framecast.stream.codec.ffmpeg;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.javacpp.Loader;
import org.framecast.stream.media.MediaException;
import org.jspecify.annotations.Nullable;

/**
 * FFmpeg's library of devices, loaded when it is first needed: it wants libraries of the system
 * that a server need not have.
 *
 * <p><b>Thread:</b> any.
 */
final class DeviceLibrary {
  private static final Pattern MISSING = Pattern.compile("(lib[\\w-]+)\\.so[.\\d]*: cannot open");

  /** The packages of Debian and its kin that have what libavdevice is linked with. */
  private static final Map<String, String> PACKAGES =
      Map.of(
          "libxcb", "libxcb1",
          "libxcb-shm", "libxcb-shm0",
          "libasound", "libasound2",
          "libpulse", "libpulse0",
          "libdrm", "libdrm2");

  private static boolean loaded;
  private static @Nullable String failure;

  private DeviceLibrary() {}

  /** Loads it, if nothing has yet; what failed once is not tried again. */
  static synchronized void load() {
    if (failure == null && !loaded) {
      Ffmpeg.load();
      try {
        Loader.load(avformat.class);
        Loader.load(swresample.class);
        Loader.load(avdevice.class);
        avdevice.avdevice_register_all();
        loaded = true;
      } catch (LinkageError e) {
        failure = explain(e);
      }
    }
    if (failure != null) {
      throw new MediaException(MediaException.Code.UNSUPPORTED, failure);
    }
  }

  /** What to do about a library that does not load. */
  static String explain(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      Matcher missing = MISSING.matcher(String.valueOf(cause.getMessage()));
      if (missing.find()) {
        String library = missing.group(1);
        return "devices need the system's "
            + library
            + "; install the package "
            + PACKAGES.getOrDefault(library, "that has it");
      }
    }
    return "FFmpeg's library of devices does not load here: " + error.getMessage();
  }
}
