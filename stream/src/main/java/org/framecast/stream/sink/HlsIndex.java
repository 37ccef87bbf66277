package org.framecast.stream.sink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.stream.codec.TrackFormat;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the playlists of all renditions as they change, and the one that names them.
 *
 * <p><b>Thread:</b> its sink's.
 */
final class HlsIndex {
  /** A peak is told with room above, so that it need not be told again soon. */
  private static final double ROOM = 1.25;

  private final HlsOutput output;
  private final List<HlsRendition> pictures = new ArrayList<>();
  private final Map<HlsRendition, Long> peaks = new LinkedHashMap<>();
  private @Nullable HlsRendition sound;
  private int named;

  HlsIndex(HlsOutput output) {
    this.output = output;
  }

  void pictures(HlsRendition rendition) {
    pictures.add(rendition);
  }

  void sound(HlsRendition rendition) {
    sound = rendition;
  }

  private List<HlsRendition> all() {
    List<HlsRendition> all = new ArrayList<>(pictures);
    if (sound != null) {
      all.add(sound);
    }
    return all;
  }

  /** Publishes what has changed since the last time. */
  void publish() {
    boolean any = false;
    for (HlsRendition rendition : all()) {
      if (rendition.takeChanged()) {
        any = true;
        output.playlist(
            rendition.playlist().file(),
            rendition.playlist().text(reports(rendition)),
            rendition.playlist().position());
        raisePeak(rendition);
      }
    }
    if (any && named < peaks.size() && allListed()) {
      named = peaks.size();
      name();
    }
  }

  private List<String> reports(HlsRendition but) {
    return all().stream()
        .filter(other -> other != but && other.format() != null)
        .map(other -> other.playlist().report())
        .toList();
  }

  private void raisePeak(HlsRendition rendition) {
    TrackFormat format = rendition.format();
    Long told = peaks.get(rendition);
    long least = format == null ? 0 : format.bitrateBps();
    long peak = Math.max(least, rendition.peakBps());
    if (told == null || peak > told) {
      peaks.put(rendition, Math.round(peak * ROOM));
      named = told == null ? named : 0;
    }
  }

  private boolean allListed() {
    return all().stream().allMatch(each -> !each.hasBegun() || peaks.containsKey(each));
  }

  private void name() {
    List<HlsMultivariant.Entry> entries =
        pictures.stream().flatMap(each -> entry(each).stream()).toList();
    Optional<HlsMultivariant.Entry> its = Optional.ofNullable(sound).flatMap(this::entry);
    output.multivariant(HlsStore.MULTIVARIANT, HlsMultivariant.text(entries, its));
  }

  private Optional<HlsMultivariant.Entry> entry(HlsRendition rendition) {
    TrackFormat format = rendition.format();
    Long peak = peaks.get(rendition);
    return format == null || peak == null
        ? Optional.empty()
        : Optional.of(
            new HlsMultivariant.Entry(output.address(rendition.playlist().file()), format, peak));
  }
}
