package org.framecast.fuzz;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.framecast.live.ChannelTarget;
import org.framecast.stream.media.Codec;
import org.framecast.stream.webrtc.ingest.RtpTarget;

/** All targets by name. */
final class FuzzTargets {
  private static final Map<String, Supplier<FuzzTarget>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("offers", () -> new OfferTarget(offer -> {}));
    ALL.put("fragments", FragmentTarget::new);
    ALL.put("rtcp", RtcpTarget::new);
    ALL.put("channel", ChannelTarget::new);
    for (Codec codec : Codec.values()) {
      ALL.put("rtp-" + codec.name().toLowerCase(Locale.ROOT), () -> new RtpTarget(codec));
    }
  }

  private FuzzTargets() {}

  static Map<String, Supplier<FuzzTarget>> all() {
    return ALL;
  }

  /**
   * Opens one.
   *
   * @throws IllegalArgumentException for a name that none has
   */
  static FuzzTarget open(String name) {
    Supplier<FuzzTarget> target = ALL.get(name);
    if (target == null) {
      throw new IllegalArgumentException("no target " + name + "; there are " + ALL.keySet());
    }
    return target.get();
  }
}
