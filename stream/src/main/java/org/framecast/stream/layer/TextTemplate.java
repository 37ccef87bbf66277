package org.framecast.stream.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.framecast.stream.media.TimestampedFrame;

/**
 * Text with placeholders: {@code {time}}, hours, minutes and seconds since the first frame that was
 * asked for; {@code {millis}}, the thousandths of that second; {@code {frame}}, the frame's number;
 * {@code {source}}, {@code {width}}, {@code {height}}; any other name stands for what the frame's
 * metadata says, and for nothing when they do not.
 *
 * <p><b>Thread:</b> any.
 */
final class TextTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_.-]*)}");
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final List<Part> parts;
  private final String plain;
  private final AtomicLong originNanos = new AtomicLong(UNKNOWN);

  /** Text as it is, or the name of what stands there. */
  private record Part(String text, Kind kind) {}

  private enum Kind {
    PLAIN,
    NAMED
  }

  private TextTemplate(List<Part> parts, String plain) {
    this.parts = List.copyOf(parts);
    this.plain = plain;
  }

  static TextTemplate parse(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher found = PLACEHOLDER.matcher(text);
    int at = 0;
    while (found.find()) {
      parts.add(new Part(text.substring(at, found.start()), Kind.PLAIN));
      parts.add(new Part(found.group(1), Kind.NAMED));
      at = found.end();
    }
    parts.add(new Part(text.substring(at), Kind.PLAIN));
    return new TextTemplate(parts, text);
  }

  /** Whether the text is another for every frame. */
  boolean changesWithEveryFrame() {
    return has("frame") || has("millis");
  }

  private boolean has(String name) {
    return parts.contains(new Part(name, Kind.NAMED));
  }

  /** The text for a frame; the same object where nothing is filled in. */
  String fill(TimestampedFrame frame) {
    if (parts.size() == 1) {
      return plain;
    }
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(part.kind() == Kind.PLAIN ? part.text() : value(part.text(), frame));
    }
    return text.toString();
  }

  private String value(String name, TimestampedFrame frame) {
    return switch (name) {
      case "time" -> time(nanos(frame) / NANOS_PER_SECOND);
      case "millis" -> padded(nanos(frame) / 1_000_000 % 1000, 3);
      case "frame" -> Long.toString(frame.frameNumber());
      case "source" -> frame.sourceId();
      case "width" -> Integer.toString(frame.pixels().width());
      case "height" -> Integer.toString(frame.pixels().height());
      default -> frame.metadata().getOrDefault(name, "");
    };
  }

  private long nanos(TimestampedFrame frame) {
    originNanos.compareAndSet(UNKNOWN, frame.captureNanos());
    return Math.max(0, frame.captureNanos() - originNanos.get());
  }

  private static String time(long seconds) {
    return padded(seconds / 3600, 2)
        + ":"
        + padded(seconds / 60 % 60, 2)
        + ":"
        + padded(seconds % 60, 2);
  }

  private static String padded(long value, int digits) {
    String text = Long.toString(value);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
