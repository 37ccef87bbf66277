package org.framecast.stream.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.media.Rendition;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * A stream's encoders, one for each rendition that somebody watches. Each is started by the first
 * frame after its first viewer came, and ends some time after its last has left. All are given the
 * same frame; nothing is copied.
 *
 * <p><b>Thread:</b> frames from one at a time, the rest from any. A short lock guards who is here;
 * nothing waits under it.
 */
final class EncoderBank implements RenditionDemand {
  private enum State {
    WAITING,
    RUNNING,
    ENDING
  }

  private final LivePipelineSettings settings;
  private final PipelineResources resources;
  private final PipelineOutputs outputs;
  private final Object lock = new Object();
  private final Map<Rendition, Place> places = new LinkedHashMap<>();
  private final Map<Integer, RungScaler> scalers = new LinkedHashMap<>();
  private List<FrameTap> taps = List.of();
  private boolean changed;
  private boolean stopped;

  EncoderBank(LivePipelineSettings settings, PipelineResources resources, PipelineOutputs outputs) {
    this.settings = settings;
    this.resources = resources;
    this.outputs = outputs;
  }

  /**
   * Gives every encoder its share of a frame.
   *
   * <p><b>Ownership:</b> the frame is the bank's.
   */
  void accept(TimestampedFrame frame) {
    try (frame) {
      current().forEach(tap -> tap.offer(frame));
    }
  }

  private List<FrameTap> current() {
    synchronized (lock) {
      if (changed && !stopped) {
        changed = false;
        startWaiting();
        taps = tapsOf();
      }
      return taps;
    }
  }

  private void startWaiting() {
    long running = places.values().stream().filter(place -> place.state != State.WAITING).count();
    for (Place place : places.values()) {
      if (place.state == State.WAITING && running < settings.demand().maxEncodes()) {
        running++;
        place.start();
        int rung = place.rendition.rung();
        if (rung > 0 && !scalers.containsKey(rung)) {
          RungScaler scaler = scaler(rung);
          scalers.put(rung, scaler);
          scaler.start();
        }
      }
    }
  }

  private RungScaler scaler(int rung) {
    return new RungScaler(
        settings.name(),
        rung,
        settings.delivery(),
        resources,
        outputs,
        () -> encodesOf(rung),
        () -> leaves(rung));
  }

  private List<FrameTap> tapsOf() {
    List<FrameTap> all = new ArrayList<>(encodesOf(0));
    all.addAll(scalers.values());
    return List.copyOf(all);
  }

  private List<FrameTap> encodesOf(int rung) {
    synchronized (lock) {
      List<FrameTap> found = new ArrayList<>();
      for (Place place : places.values()) {
        RenditionEncode encode = place.encode;
        if (encode != null && place.state == State.RUNNING && place.rendition.rung() == rung) {
          found.add(encode);
        }
      }
      return found;
    }
  }

  /** A scaler without encodes leaves; what comes after starts another. */
  private boolean leaves(int rung) {
    synchronized (lock) {
      if (stopped || places.keySet().stream().anyMatch(it -> it.rung() == rung)) {
        return false;
      }
      scalers.remove(rung);
      taps = tapsOf();
      return true;
    }
  }

  @Override
  public void wanted(Rendition rendition) {
    synchronized (lock) {
      if (!stopped) {
        places.computeIfAbsent(rendition, Place::new).wanted = true;
        changed = true;
      }
    }
  }

  @Override
  public void unwanted(Rendition rendition) {
    synchronized (lock) {
      Place place = places.get(rendition);
      if (place != null && place.wanted) {
        place.wanted = false;
        place.unwantedNanos = resources.clock().nanos();
        if (place.state == State.WAITING) {
          places.remove(rendition);
        }
      }
    }
  }

  @Override
  public void keyframeWanted(Rendition rendition) {
    RenditionEncode encode = encodeOf(rendition);
    if (encode != null) {
      encode.requestKeyframe();
    }
  }

  @Override
  public void bitrate(Rendition rendition, int bitrateBps) {
    synchronized (lock) {
      Place place = places.get(rendition);
      if (place != null) {
        place.bitrateBps = bitrateBps;
      }
    }
    RenditionEncode encode = encodeOf(rendition);
    if (encode != null) {
      encode.bitrateBps(bitrateBps);
    }
  }

  private @Nullable RenditionEncode encodeOf(Rendition rendition) {
    synchronized (lock) {
      Place place = places.get(rendition);
      return place == null ? null : place.encode;
    }
  }

  /** The encodes that run now. */
  List<EncodeSnapshot> snapshots() {
    return encodes().stream().map(RenditionEncode::snapshot).toList();
  }

  private List<RenditionEncode> encodes() {
    synchronized (lock) {
      List<RenditionEncode> found = new ArrayList<>();
      for (Place place : places.values()) {
        if (place.encode != null) {
          found.add(place.encode);
        }
      }
      return found;
    }
  }

  /**
   * Ends all encoders, those that scale first. Idempotent.
   *
   * @return whether all ended in time
   */
  boolean stop(StopMode mode, Duration deadline) {
    Deadline end = Deadline.in(deadline);
    List<RungScaler> scaling;
    synchronized (lock) {
      stopped = true;
      scaling = List.copyOf(scalers.values());
    }
    boolean ended = true;
    for (RungScaler scaler : scaling) {
      ended &= scaler.stop(mode, end.left());
    }
    for (RenditionEncode encode : encodes()) {
      ended &= encode.stop(mode, end.left());
    }
    return ended;
  }

  /** The place of one rendition; everything in it is guarded by the bank's lock. */
  private final class Place implements EncodeLife {
    private final Rendition rendition;
    private State state = State.WAITING;
    private boolean wanted;
    private long unwantedNanos;
    private int bitrateBps;
    private @Nullable RenditionEncode encode;

    Place(Rendition rendition) {
      this.rendition = rendition;
    }

    void start() {
      EncodePlan plan =
          new EncodePlan(
              settings.name()
                  + "-"
                  + rendition.codec().sdpName()
                  + (rendition.rung() == 0 ? "" : "-" + rendition.rung()),
              rendition,
              settings.video().in(rendition.codec()));
      RenditionEncode started = new RenditionEncode(plan, settings, resources, outputs, this);
      started.bitrateBps(bitrateBps);
      encode = started;
      state = State.RUNNING;
      started.start();
    }

    @Override
    public boolean over() {
      synchronized (lock) {
        long lingerNanos = settings.demand().linger().toNanos();
        boolean crowded = places.size() > settings.demand().maxEncodes();
        boolean lingers = resources.clock().nanos() - unwantedNanos < lingerNanos;
        if (wanted || stopped || lingers && !crowded) {
          return false;
        }
        state = State.ENDING;
        taps = tapsOf();
        return true;
      }
    }

    /** Only now may the same rendition start again: its sink has one caller. */
    @Override
    public void ended() {
      synchronized (lock) {
        if (stopped) {
          return;
        }
        places.remove(rendition);
        if (wanted) {
          wanted(rendition);
        }
        changed = true;
      }
    }

    private void wanted(Rendition again) {
      EncoderBank.this.wanted(again);
    }
  }
}
