package org.framecast.stream.codec.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avdevice.AVDeviceInfo;
import org.bytedeco.ffmpeg.avdevice.AVDeviceInfoList;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.BytePointer;
import org.framecast.stream.codec.DeviceCatalog;
import org.framecast.stream.codec.DeviceInfo;
import org.framecast.stream.codec.DeviceKind;
import org.framecast.stream.codec.DeviceParts;
import org.framecast.stream.codec.DeviceRequest;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.media.MediaException;

/** Capture devices by FFmpeg's libavdevice, which is loaded when a device is first asked for. */
public final class FfmpegDevices implements DeviceCatalog {
  private static final String DISPLAY = "DISPLAY";
  private static final String PIPEWIRE =
      "screens of Wayland come by PipeWire, for which this FFmpeg has no input; use an X display";

  private final DevicePlatform platform;
  private final Map<String, String> environment;

  /** The devices of this machine. */
  public FfmpegDevices() {
    this(DevicePlatform.of(System.getProperty("os.name", "")), System.getenv());
  }

  FfmpegDevices(DevicePlatform platform, Map<String, String> environment) {
    this.platform = platform;
    this.environment = environment;
  }

  @Override
  public List<String> formats(DeviceKind kind) {
    return platform.formats(kind);
  }

  @Override
  public List<DeviceInfo> list(DeviceKind kind) {
    List<DeviceInfo> found = new ArrayList<>();
    for (String format : formats(kind)) {
      switch (format) {
        case "x11grab" -> {
          String display = environment.getOrDefault(DISPLAY, "");
          if (!display.isEmpty()) {
            found.add(new DeviceInfo(kind, format, display, "X display " + display));
          }
        }
        case "gdigrab" -> found.add(new DeviceInfo(kind, format, "desktop", "Desktop"));
        default -> found.addAll(ask(kind, format));
      }
    }
    return found;
  }

  /** What libavdevice knows; nothing where it cannot ask, as without a sound server. */
  private static List<DeviceInfo> ask(DeviceKind kind, String format) {
    DeviceLibrary.load();
    AVInputFormat input = avformat.av_find_input_format(format);
    List<DeviceInfo> found = new ArrayList<>();
    if (input == null || input.isNull()) {
      return found;
    }
    AVDeviceInfoList devices = new AVDeviceInfoList(null);
    int count = avdevice.avdevice_list_input_sources(input, (String) null, null, devices);
    try {
      for (int i = 0; i < count; i++) {
        AVDeviceInfo device = devices.devices(i);
        found.add(
            new DeviceInfo(
                kind, format, text(device.device_name()), text(device.device_description())));
      }
    } finally {
      if (!devices.isNull()) {
        avdevice.avdevice_free_list_devices(devices);
      }
    }
    return found;
  }

  private static String text(BytePointer text) {
    return text == null || text.isNull() ? "" : text.getString();
  }

  @Override
  public StreamSource open(DeviceRequest request, DeviceParts parts) {
    String format = format(request);
    DeviceLibrary.load();
    String device = request.device().isEmpty() ? usual(request.kind(), format) : request.device();
    return open(format, DeviceArguments.of(format, device, request), request.kind(), parts);
  }

  /** Opens any input of FFmpeg's as a device. */
  static StreamSource open(
      String format, DeviceArguments arguments, DeviceKind kind, DeviceParts parts) {
    DeviceLibrary.load();
    return new DeviceReader(DeviceInput.open(format, arguments, kind), kind, parts);
  }

  private String format(DeviceRequest request) {
    List<String> known = formats(request.kind());
    String wanted = request.format();
    if (wanted.equals("pipewire")) {
      throw new MediaException(MediaException.Code.UNSUPPORTED, PIPEWIRE);
    }
    if (!wanted.isEmpty() && !known.contains(wanted)) {
      throw new MediaException(
          MediaException.Code.UNSUPPORTED,
          "devices are reached here by " + String.join(", ", known));
    }
    return wanted.isEmpty() ? known.getFirst() : wanted;
  }

  private String usual(DeviceKind kind, String format) {
    return switch (format) {
      case "x11grab" -> display();
      case "gdigrab" -> "desktop";
      case "alsa", "pulse" -> "default";
      case "avfoundation" -> kind == DeviceKind.SCREEN ? "Capture screen 0" : "default";
      default ->
          ask(kind, format).stream()
              .findFirst()
              .orElseThrow(
                  () ->
                      new MediaException(
                          MediaException.Code.SOURCE_FAILED, "no device is here for " + format))
              .id();
    };
  }

  private String display() {
    String display = environment.getOrDefault(DISPLAY, "");
    if (!display.isEmpty()) {
      return display;
    }
    if (environment.containsKey("WAYLAND_DISPLAY")) {
      throw new MediaException(MediaException.Code.UNSUPPORTED, PIPEWIRE);
    }
    throw new MediaException(
        MediaException.Code.SOURCE_FAILED, "there is no screen here: DISPLAY is not set");
  }
}
