package org.framecast.stream.codec.ffmpeg;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.framecast.stream.codec.DeviceKind;

/** The systems that FFmpeg knows devices of, and by which of its inputs. */
enum DevicePlatform {
  LINUX(List.of("v4l2"), List.of("x11grab"), List.of("alsa", "pulse")),
  MACOS(List.of("avfoundation"), List.of("avfoundation"), List.of("avfoundation")),
  WINDOWS(List.of("dshow"), List.of("gdigrab"), List.of("dshow"));

  private final Map<DeviceKind, List<String>> formats;

  DevicePlatform(List<String> webcam, List<String> screen, List<String> audio) {
    formats = Map.of(DeviceKind.WEBCAM, webcam, DeviceKind.SCREEN, screen, DeviceKind.AUDIO, audio);
  }

  /** The inputs for devices of that kind, the usual one first. */
  List<String> formats(DeviceKind kind) {
    return formats.getOrDefault(kind, List.of());
  }

  /** The system of that name, as the property {@code os.name} has it. */
  static DevicePlatform of(String osName) {
    String name = osName.toLowerCase(Locale.ROOT);
    return name.contains("windows") ? WINDOWS : name.contains("mac") ? MACOS : LINUX;
  }
}
