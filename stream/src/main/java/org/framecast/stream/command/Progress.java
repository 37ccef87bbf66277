package org.framecast.stream.command;

import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;
import org.framecast.stream.pipeline.StreamStatistics;

/**
 * Tells how a stream goes: on a terminal in one line, else in a line from time to time.
 *
 * <p><b>Thread:</b> any.
 */
final class Progress {
  /** How it is shown. */
  enum Style {
    /** One line that is written over. */
    ONE_LINE,
    /** A line every few seconds, for a file. */
    LINES,
    /** Faults alone. */
    NONE
  }

  private static final int BEATS_OF_A_LINE = 5;
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream to;
  private final Style style;
  private int beats;
  private boolean open;
  private boolean ended;

  Progress(PrintStream to, Style style) {
    this.to = to;
    this.style = style;
  }

  /** Once a second. */
  synchronized void beat(StreamStatistics now) {
    beats++;
    switch (style) {
      case ONE_LINE -> {
        to.print(ERASE + line(now));
        to.flush();
        open = true;
      }
      case LINES -> {
        if (beats % BEATS_OF_A_LINE == 0) {
          to.println(line(now));
        }
      }
      case NONE -> {}
    }
  }

  /** At the end, once. */
  synchronized void end(StreamStatistics last) {
    if (ended || style == Style.NONE) {
      return;
    }
    ended = true;
    to.println((open ? ERASE : "") + line(last));
    open = false;
  }

  /** After the end, to who wants progress. */
  synchronized void remark(String what) {
    if (style != Style.NONE) {
      to.println((open ? ERASE : "") + what);
      open = false;
    }
  }

  /** What a component has to say, also to who wants no progress: it cannot be found out else. */
  synchronized void announce(String what) {
    to.println((open ? ERASE : "") + what);
    open = false;
  }

  /** Something went wrong. */
  synchronized void fault(String what) {
    to.println((open ? ERASE : "") + "error: " + what);
    open = false;
  }

  static String line(StreamStatistics now) {
    long dropped = now.pictures().dropped().values().stream().mapToLong(Long::longValue).sum();
    long ofSinks = now.sinks().stream().mapToLong(sink -> sink.dropped() + sink.faults()).sum();
    String sinks =
        now.sinks().stream()
            .map(sink -> sink.name() + " " + sink.state().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%d frames, %.1f fps, %d blocks of sound, %d dropped%s",
        now.pictures().framesOut(),
        now.pictures().fpsOut(),
        now.soundBlocks(),
        dropped + ofSinks,
        sinks.isEmpty() ? "" : "; " + sinks);
  }
}
