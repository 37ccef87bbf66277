package org.framecast.stream.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A media playlist, read and held against draft-pantos-hls-rfc8216bis as it is read.
 *
 * @param targetSeconds EXT-X-TARGETDURATION
 * @param partTarget EXT-X-PART-INF; 0 without
 * @param first EXT-X-MEDIA-SEQUENCE
 * @param segments complete ones
 * @param openParts parts behind the last complete segment
 */
record HlsText(
    int targetSeconds,
    double partTarget,
    long first,
    String map,
    List<Segment> segments,
    List<Part> openParts,
    Optional<String> hint,
    List<String> reports,
    boolean ended) {
  private static final Pattern PART =
      Pattern.compile("#EXT-X-PART:DURATION=([0-9.]+),URI=\"([^\"]+)\"(,INDEPENDENT=YES)?");
  private static final Pattern HOLD_BACK =
      Pattern.compile("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=([0-9.]+)");
  private static final Set<String> ONCE =
      Set.of(
          "#EXT-X-VERSION",
          "#EXT-X-TARGETDURATION",
          "#EXT-X-MEDIA-SEQUENCE",
          "#EXT-X-MAP",
          "#EXT-X-INDEPENDENT-SEGMENTS",
          "#EXT-X-SERVER-CONTROL",
          "#EXT-X-PART-INF",
          "#EXT-X-PLAYLIST-TYPE",
          "#EXT-X-PRELOAD-HINT",
          "#EXT-X-ENDLIST");

  record Part(double seconds, String uri, boolean independent) {}

  record Segment(double seconds, String uri, List<Part> parts) {}

  static HlsText parse(String text) {
    List<String> lines = text.lines().toList();
    assertEquals("#EXTM3U", lines.getFirst());
    assertTrue(text.endsWith("\n"));
    requireOnce(lines);
    List<Segment> segments = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    List<String> reports = new ArrayList<>();
    Optional<String> hint = Optional.empty();
    double duration = -1;
    boolean ended = false;
    for (String line : lines) {
      Matcher part = PART.matcher(line);
      if (line.startsWith("#EXT-X-PART:")) {
        assertTrue(part.matches(), line);
        parts.add(
            new Part(Double.parseDouble(part.group(1)), part.group(2), part.group(3) != null));
      } else if (line.startsWith("#EXTINF:")) {
        assertTrue(line.endsWith(","), line);
        duration = Double.parseDouble(line.substring("#EXTINF:".length(), line.length() - 1));
      } else if (line.startsWith("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=")) {
        hint = Optional.of(quoted(line));
      } else if (line.startsWith("#EXT-X-RENDITION-REPORT:")) {
        reports.add(line);
      } else if (line.equals("#EXT-X-ENDLIST")) {
        ended = true;
      } else if (!line.startsWith("#")) {
        assertTrue(duration > 0, line + " without EXTINF");
        segments.add(new Segment(duration, line, List.copyOf(parts)));
        parts.clear();
        duration = -1;
      }
    }
    HlsText read =
        new HlsText(
            Integer.parseInt(value(lines, "#EXT-X-TARGETDURATION")),
            Double.parseDouble(value(lines, "#EXT-X-PART-INF").replace("PART-TARGET=", "0")),
            Long.parseLong(value(lines, "#EXT-X-MEDIA-SEQUENCE")),
            quoted(value(lines, "#EXT-X-MAP")),
            segments,
            parts,
            hint,
            reports,
            ended);
    read.check(lines);
    return read;
  }

  private static void requireOnce(List<String> lines) {
    Set<String> seen = new HashSet<>();
    for (String line : lines) {
      String tag = line.split(":", 2)[0];
      assertTrue(!ONCE.contains(tag) || seen.add(tag), tag + " is there twice");
    }
  }

  private static String value(List<String> lines, String tag) {
    return lines.stream()
        .filter(line -> line.startsWith(tag + ":"))
        .map(line -> line.substring(tag.length() + 1))
        .findFirst()
        .orElse("0");
  }

  private static String quoted(String line) {
    return line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
  }

  private void check(List<String> lines) {
    for (Segment segment : segments) {
      // §4.4.3.1
      assertTrue(Math.round(segment.seconds()) <= targetSeconds, segment + " is too long");
      if (!segment.parts().isEmpty()) {
        double sum = segment.parts().stream().mapToDouble(Part::seconds).sum();
        assertEquals(segment.seconds(), sum, 0.001, "parts of " + segment.uri());
        checkParts(segment.parts(), segment.parts().size() - 1);
      }
    }
    checkParts(openParts, openParts.size());
    if (partTarget > 0) {
      Matcher holdBack =
          lines.stream()
              .map(HOLD_BACK::matcher)
              .filter(Matcher::matches)
              .findFirst()
              .orElseThrow(() -> new AssertionError("no server control"));
      // §4.4.3.8
      assertTrue(Double.parseDouble(holdBack.group(1)) >= 3 * partTarget - 0.002);
      assertTrue(ended || hint.isPresent(), "a hint");
    } else {
      assertTrue(openParts.isEmpty() && hint.isEmpty());
    }
    assertTrue(!ended || lines.getLast().equals("#EXT-X-ENDLIST"));
  }

  /** §4.4.4.9: none longer than the target; none but the last of a segment below 85 per cent. */
  private void checkParts(List<Part> parts, int but) {
    for (int i = 0; i < parts.size(); i++) {
      double seconds = parts.get(i).seconds();
      assertTrue(seconds <= partTarget + 0.001, parts.get(i) + " is longer than " + partTarget);
      assertTrue(i == but || seconds >= 0.85 * partTarget, parts.get(i) + " is too short");
    }
  }
}
