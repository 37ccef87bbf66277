package org.framecast.product;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A rendition's playlist, as a player reads it.
 *
 * @param text whole
 */
record HlsPlaylistText(String text) {
  private static final Pattern SEGMENT = Pattern.compile("#EXTINF:([0-9.]+),\n(\\S+)");
  private static final Pattern PART =
      Pattern.compile("#EXT-X-PART:DURATION=([0-9.]+),URI=\"([^\"]+)\"");

  String tag(String name) {
    return text.lines()
        .filter(line -> line.startsWith("#" + name + ":"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in\n" + text))
        .substring(name.length() + 2);
  }

  long firstSegment() {
    return Long.parseLong(tag("EXT-X-MEDIA-SEQUENCE"));
  }

  /** The number of the segment that is still growing. */
  long openSegment() {
    return firstSegment() + segments().size();
  }

  List<MatchResult> segments() {
    return SEGMENT.matcher(text).results().toList();
  }

  List<MatchResult> parts() {
    return PART.matcher(text).results().toList();
  }

  /** Parts of the segment that is still growing. */
  List<MatchResult> openParts() {
    String open = "-" + openSegment() + ".";
    return parts().stream().filter(part -> part.group(2).contains(open)).toList();
  }

  /** The part that comes next. */
  String hint() {
    String hint = tag("EXT-X-PRELOAD-HINT");
    return hint.substring(hint.indexOf("URI=\"") + 5, hint.lastIndexOf('"'));
  }

  boolean ended() {
    return text.contains("#EXT-X-ENDLIST");
  }

  double seconds(String tag, String attribute) {
    return Double.parseDouble(tag(tag).replaceFirst(".*" + attribute + "=([0-9.]+).*", "$1"));
  }
}
