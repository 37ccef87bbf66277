package org.framecast.stream.webrtc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.transport.MediaKind;
import org.framecast.stream.transport.TrackSpec;
import org.framecast.stream.webrtc.rtp.Packetizer;
import org.framecast.stream.webrtc.sdp.MediaFormat;
import org.framecast.stream.webrtc.sdp.StreamFormats;
import org.jspecify.annotations.Nullable;

/**
 * The renditions that a stream may have, and which of them are needed.
 *
 * <p><b>Thread:</b> any. The encoders hear of changes one after the other.
 */
final class Lanes implements AutoCloseable {
  /** A second of sound and more. */
  private static final int AUDIO_PACKETS = 64;

  private final FanOutSettings settings;
  private final RenditionDemand demand;
  private final List<Lane> all = new ArrayList<>();
  private final Map<Rendition, Lane> pictures = new HashMap<>();
  private final Optional<Lane> audio;

  Lanes(FanOutSettings settings, RenditionDemand demand, MediaClock clock) {
    this.settings = settings;
    this.demand = demand;
    long interval = settings.joins().minKeyframeInterval().toNanos();
    for (MediaFormat format : settings.formats().video()) {
      for (int rung = 0; rung < settings.ladder().rungs(); rung++) {
        Rendition rendition = new Rendition(format.codec(), rung);
        KeyframeRequests keyframes =
            new KeyframeRequests(clock, interval, () -> demand.keyframeWanted(rendition));
        pictures.put(rendition, lane(Optional.of(rendition), format.codec(), keyframes, clock));
      }
    }
    audio =
        settings
            .formats()
            .audio()
            .map(
                format ->
                    lane(
                        Optional.empty(),
                        format.codec(),
                        new KeyframeRequests(clock, 0, () -> {}),
                        clock));
  }

  private Lane lane(
      Optional<Rendition> rendition, Codec codec, KeyframeRequests keyframes, MediaClock clock) {
    Lane lane =
        new Lane(
            all.size(),
            rendition,
            Packetizer.of(codec),
            keyframes,
            clock,
            rendition.isPresent() ? settings.repeats().historyPackets() : AUDIO_PACKETS);
    all.add(lane);
    return lane;
  }

  List<Lane> all() {
    return all;
  }

  /** On the hot path: without an Optional. */
  @Nullable Lane find(Rendition rendition) {
    return pictures.get(rendition);
  }

  Optional<Lane> of(Rendition rendition) {
    return Optional.ofNullable(pictures.get(rendition));
  }

  Optional<Lane> audio() {
    return audio;
  }

  /** Where a track begins. */
  Lane first(TrackSpec spec) {
    Optional<Lane> lane =
        switch (spec.kind()) {
          case AUDIO -> audio;
          case VIDEO -> of(Rendition.best(spec.codec()));
        };
    return lane.orElseThrow(() -> new IllegalArgumentException("nothing in " + spec.codec()));
  }

  /** The pictures' lanes that are encoded now. */
  synchronized List<Lane> wanted() {
    return pictures.values().stream().filter(Lane::isWanted).toList();
  }

  /** The formats without those that would be one encode too many. */
  StreamFormats offerable() {
    List<Lane> used = wanted();
    if (used.size() < settings.ladder().maxRenditions()) {
      return settings.formats();
    }
    Set<Codec> codecs =
        used.stream()
            .map(lane -> lane.rendition().orElseThrow().codec())
            .collect(Collectors.toSet());
    return settings.formats().only(codecs);
  }

  /** Asks for what the viewer needs; false when that would be one encode too many. */
  synchronized boolean admit(Viewer viewer) {
    for (ViewerTrack track : viewer.tracks()) {
      if (track.kind() == MediaKind.VIDEO && !want(first(track.spec()))) {
        return false;
      }
    }
    return true;
  }

  /** Asks for a rendition; false when that would be one too many. */
  synchronized boolean want(Lane lane) {
    if (lane.isWanted()) {
      return true;
    }
    if (wanted().size() >= settings.ladder().maxRenditions()) {
      return false;
    }
    lane.wanted(true);
    demand.wanted(lane.rendition().orElseThrow());
    return true;
  }

  /** Lets go of what none of those needs. */
  synchronized void recount(Collection<Viewer> viewers) {
    Set<Lane> needed =
        viewers.stream()
            .flatMap(viewer -> viewer.tracks().stream())
            .filter(track -> track.kind() == MediaKind.VIDEO)
            .flatMap(this::needs)
            .collect(Collectors.toSet());
    for (Lane lane : pictures.values()) {
      if (lane.isWanted() && !needed.contains(lane)) {
        lane.wanted(false);
        demand.unwanted(lane.rendition().orElseThrow());
      }
    }
  }

  private Stream<Lane> needs(ViewerTrack track) {
    Lane lane = track.lane();
    Lane target = track.target();
    return lane == null || target == null
        ? Stream.of(first(track.spec()))
        : Stream.of(lane, target);
  }

  @Override
  public void close() {
    all.forEach(Lane::close);
  }
}
