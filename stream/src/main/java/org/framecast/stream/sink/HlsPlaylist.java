package org.framecast.stream.sink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One rendition's playlist: which segments there are, which parts the newest have, and the text
 * that says so.
 *
 * <p><b>Thread:</b> its sink's.
 *
 * <p><b>Source:</b> draft-pantos-hls-rfc8216bis §4.4.3 to §4.4.5, §6.2.2
 */
final class HlsPlaylist {
  /** Without EXT-X-SKIP, which would need 9, EXT-X-MAP asks for the most. */
  private static final int VERSION = 6;

  /** Parts are named within so many target durations of the end. */
  private static final int PART_TARGETS = 3;

  private static final int PART_HOLD_BACKS = 3;

  /** A piece of a segment. */
  record Part(String name, double seconds, Start start) {}

  /** Whether a part begins with a keyframe. */
  enum Start {
    KEYFRAME,
    DELTA
  }

  private record Segment(long number, String name, double seconds, List<Part> parts) {}

  private final String name;
  private final HlsTiming timing;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private final Deque<Segment> former = new ArrayDeque<>();
  private List<Part> open = new ArrayList<>();
  private long next;
  private boolean ended;

  /**
   * @param name what its files begin with
   */
  HlsPlaylist(String name, HlsTiming timing) {
    this.name = name;
    this.timing = timing;
  }

  String file() {
    return name + ".m3u8";
  }

  String header() {
    return name + "-init.mp4";
  }

  String segment() {
    return name + "-" + next + ".m4s";
  }

  String part() {
    return name + "-" + next + "." + open.size() + ".m4s";
  }

  void add(Part part) {
    open.add(part);
  }

  /**
   * The open segment is complete.
   *
   * @param remove learns the names of what nobody needs any more
   */
  void complete(double seconds, Consumer<String> remove) {
    segments.add(new Segment(next, segment(), seconds, open));
    next++;
    open = new ArrayList<>();
    while (timing.window() > 0 && segments.size() > timing.window()) {
      former.add(segments.remove());
    }
    // A client may still be at what an older playlist named (§6.2.2).
    while (timing.window() > 0 && former.size() > timing.window() + 1) {
      Segment gone = former.remove();
      remove.accept(gone.name());
      gone.parts().forEach(part -> remove.accept(part.name()));
    }
  }

  void end() {
    ended = true;
  }

  HlsPosition position() {
    Segment last = segments.peekLast();
    return new HlsPosition(
        next - 1,
        last == null ? 0 : last.parts().size(),
        open.size(),
        timing.hasParts() && !ended ? Optional.of(part()) : Optional.empty(),
        ended);
  }

  /** Where the playlist stands, for those of the other renditions. */
  String report() {
    StringBuilder text = new StringBuilder("#EXT-X-RENDITION-REPORT:URI=\"").append(file());
    boolean growing = !open.isEmpty();
    Segment last = segments.peekLast();
    int parts = growing ? open.size() : last == null ? 0 : last.parts().size();
    text.append("\",LAST-MSN=").append(growing ? next : Math.max(0, next - 1));
    return parts == 0 ? text.toString() : text.append(",LAST-PART=").append(parts - 1).toString();
  }

  /**
   * The text.
   *
   * @param reports of the other renditions
   */
  String text(List<String> reports) {
    StringBuilder text = new StringBuilder("#EXTM3U\n");
    line(text, "#EXT-X-VERSION:%d", VERSION);
    line(text, "#EXT-X-TARGETDURATION:%d", timing.targetSeconds());
    if (timing.hasParts()) {
      line(
          text,
          "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=%.3f",
          PART_HOLD_BACKS * timing.partTargetSeconds());
      line(text, "#EXT-X-PART-INF:PART-TARGET=%.3f", timing.partTargetSeconds());
    }
    Segment first = segments.peekFirst();
    line(text, "#EXT-X-MEDIA-SEQUENCE:%d", first == null ? 0 : first.number());
    if (timing.window() == 0) {
      line(text, "#EXT-X-PLAYLIST-TYPE:%s", ended ? "VOD" : "EVENT");
    }
    line(text, "#EXT-X-INDEPENDENT-SEGMENTS");
    line(text, "#EXT-X-MAP:URI=\"%s\"", header());
    segments.forEach(segment -> segment(text, segment));
    open.forEach(part -> part(text, part));
    position()
        .hint()
        .ifPresent(hint -> line(text, "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"%s\"", hint));
    if (timing.hasParts() && !ended) {
      reports.forEach(report -> text.append(report).append('\n'));
    }
    if (ended) {
      line(text, "#EXT-X-ENDLIST");
    }
    return text.toString();
  }

  private void segment(StringBuilder text, Segment segment) {
    if (next - segment.number() <= partSegments()) {
      segment.parts().forEach(part -> part(text, part));
    }
    line(text, "#EXTINF:%.5f,", segment.seconds());
    line(text, "%s", segment.name());
  }

  /** How many of the last segments are within three target durations of the end. */
  private int partSegments() {
    double seconds = 0;
    int count = 0;
    for (var newest = segments.descendingIterator(); newest.hasNext(); ) {
      seconds += newest.next().seconds();
      if (seconds > PART_TARGETS * timing.targetSeconds()) {
        break;
      }
      count++;
    }
    return count;
  }

  private static void part(StringBuilder text, Part part) {
    line(
        text,
        "#EXT-X-PART:DURATION=%.5f,URI=\"%s\"%s",
        part.seconds(),
        part.name(),
        part.start() == Start.KEYFRAME ? ",INDEPENDENT=YES" : "");
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
