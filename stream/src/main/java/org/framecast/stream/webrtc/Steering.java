package org.framecast.stream.webrtc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.media.Rendition;

/**
 * Follows what the viewers of a stream report: a slow one goes to a lower rung of its codec, and up
 * again when it can take more. Who is fast is left alone.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class Steering {
  /** An encoder that gives no keyframe for so long does not run. */
  private static final long GIVE_UP_NANOS = 10_000_000_000L;

  private final FanOut stream;
  private final FanOutSettings settings;
  private final Lanes lanes;
  private final RenditionDemand demand;
  private final Map<ViewerTrack, Seat> seats = new WeakHashMap<>();
  private final Map<Lane, BitrateRule> bitrates = new HashMap<>();

  /** What is known of one viewer. */
  private static final class Seat {
    private final RungRule rule = new RungRule();
    private Optional<Lane> lane = Optional.empty();
    private long askedNanos;
  }

  Steering(FanOut stream, FanOutSettings settings, Lanes lanes, RenditionDemand demand) {
    this.stream = stream;
    this.settings = settings;
    this.lanes = lanes;
    this.demand = demand;
  }

  void steer(List<Viewer> viewers, long nowNanos) {
    Map<Lane, Long> best = new HashMap<>();
    for (Viewer viewer : viewers) {
      viewer.picture().ifPresent(track -> steer(track, viewer.rate(), best, nowNanos));
    }
    best.forEach((lane, bps) -> adapt(lane, bps, nowNanos));
  }

  private void steer(ViewerTrack track, ViewerRate rate, Map<Lane, Long> best, long nowNanos) {
    Lane lane = track.lane();
    Lane target = track.target();
    if (lane == null || target == null || !track.isOpen()) {
      return;
    }
    Seat seat = seats.computeIfAbsent(track, t -> new Seat());
    if (seat.lane.filter(before -> before == lane).isEmpty()) {
      // It has just arrived there.
      seat.lane = Optional.of(lane);
      rate.moved(lane.bitrateBps());
    }
    rate.sending(lane.bitrateBps());
    long estimate = rate.estimateBps(nowNanos);
    if (isLowest(lane)) {
      best.merge(lane, estimate == 0 ? Long.MAX_VALUE : estimate, Math::max);
    }
    if (target != lane) {
      if (nowNanos - seat.askedNanos > GIVE_UP_NANOS) {
        track.target(lane);
      }
      return;
    }
    RungRule.Move move = seat.rule.decide(lane.bitrateBps(), estimate, nowNanos);
    if (move != RungRule.Move.STAY) {
      Rendition rendition = lane.rendition().orElseThrow();
      int rung = rendition.rung() + (move == RungRule.Move.DOWN ? 1 : -1);
      boolean possible =
          rung >= 0
              && rung < settings.ladder().rungs()
              && stream.steer(track, new Rendition(rendition.codec(), rung));
      seat.askedNanos = nowNanos;
      seat.rule.moved(possible ? move : RungRule.Move.STAY, nowNanos);
    }
  }

  private boolean isLowest(Lane lane) {
    return lane.rendition().orElseThrow().rung() == settings.ladder().rungs() - 1;
  }

  /** All viewers of the lowest rung are slow, or not any more. */
  private void adapt(Lane lane, long bestBps, long nowNanos) {
    BitrateRule rule = bitrates.computeIfAbsent(lane, l -> new BitrateRule());
    long known = bestBps == Long.MAX_VALUE ? 0 : bestBps;
    int before = rule.bitrateBps();
    int now = rule.decide(lane.bitrateBps(), known, nowNanos);
    if (now != before) {
      demand.bitrate(lane.rendition().orElseThrow(), now);
    }
  }

  /** Forgets renditions that are not encoded any more: they begin anew. */
  void forgetUnused() {
    bitrates.keySet().removeIf(lane -> !lanes.wanted().contains(lane));
  }
}
