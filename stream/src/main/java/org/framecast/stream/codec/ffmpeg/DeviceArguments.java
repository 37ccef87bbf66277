package org.framecast.stream.codec.ffmpeg;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.framecast.stream.codec.CaptureShape;
import org.framecast.stream.codec.DeviceKind;
import org.framecast.stream.codec.DeviceRequest;

/**
 * How a device is named to FFmpeg.
 *
 * <p><b>Source:</b> the manual of FFmpeg's input devices.
 *
 * @param url what is opened with the format
 * @param options of the format
 */
record DeviceArguments(String url, Map<String, String> options) {
  /**
   * @param format which the request has left open
   * @param device which the request may have left open
   */
  static DeviceArguments of(String format, String device, DeviceRequest request) {
    CaptureShape shape = request.shape();
    Map<String, String> options = new LinkedHashMap<>();
    if (request.kind() != DeviceKind.AUDIO) {
      if (shape.width() > 0) {
        options.put("video_size", shape.width() + "x" + shape.height());
      }
      if (shape.rate() > 0) {
        options.put("framerate", String.format(Locale.ROOT, "%.3f", shape.rate()));
      }
    }
    return new DeviceArguments(url(format, device, request, options), options);
  }

  private static String url(
      String format, String device, DeviceRequest request, Map<String, String> options) {
    CaptureShape shape = request.shape();
    return switch (format) {
      case "x11grab" -> {
        // Asking for the pointer is also how x11grab notices that its screen is gone.
        options.put("draw_mouse", "1");
        yield device + "+" + shape.x() + "," + shape.y();
      }
      case "gdigrab" -> {
        options.put("offset_x", Integer.toString(shape.x()));
        options.put("offset_y", Integer.toString(shape.y()));
        yield device;
      }
      case "avfoundation" -> request.kind() == DeviceKind.AUDIO ? ":" + device : device + ":none";
      case "dshow" -> (request.kind() == DeviceKind.AUDIO ? "audio=" : "video=") + device;
      default -> device;
    };
  }
}
