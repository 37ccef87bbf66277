package org.framecast.rtc.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.List;
import java.util.Optional;

/**
 * The C structure {@code rtcConfiguration} as version 0.24 lays it out. It moves between versions,
 * which is why {@link LibraryLoader} asks the loaded library for its size.
 *
 * <p><b>Source</b>: libdatachannel 0.24, include/rtc/rtc.h
 */
public final class ConfigurationLayout {
  private static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
          ADDRESS.withName("iceServers"),
          JAVA_INT.withName("iceServersCount"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("proxyServer"),
          ADDRESS.withName("bindAddress"),
          JAVA_INT.withName("certificateType"),
          JAVA_INT.withName("iceTransportPolicy"),
          JAVA_BOOLEAN.withName("enableIceTcp"),
          JAVA_BOOLEAN.withName("enableIceUdpMux"),
          JAVA_BOOLEAN.withName("disableAutoNegotiation"),
          JAVA_BOOLEAN.withName("forceMediaTransport"),
          JAVA_SHORT.withName("portRangeBegin"),
          JAVA_SHORT.withName("portRangeEnd"),
          JAVA_INT.withName("mtu"),
          JAVA_INT.withName("maxMessageSize"));

  /** What {@code sizeof(rtcConfiguration)} must be. */
  static final int SIZE_BYTES = (int) LAYOUT.byteSize();

  private ConfigurationLayout() {}

  /** The fields that are used; the others stay zero, which means the library's default. */
  public record Values(
      List<String> iceServers,
      Optional<String> bindAddress,
      int iceTransportPolicy,
      boolean enableIceUdpMux,
      boolean disableAutoNegotiation,
      int portRangeBegin,
      int portRangeEnd,
      int mtuBytes,
      int maxMessageSizeBytes) {}

  /** The address of the filled structure, which lives as long as the arena. */
  public static long write(Arena arena, Values values) {
    MemorySegment struct = arena.allocate(LAYOUT);
    MemorySegment servers = arena.allocate(ADDRESS, Math.max(1, values.iceServers().size()));
    for (int i = 0; i < values.iceServers().size(); i++) {
      servers.setAtIndex(ADDRESS, i, arena.allocateFrom(values.iceServers().get(i)));
    }
    struct.set(ADDRESS, offset("iceServers"), servers);
    struct.set(JAVA_INT, offset("iceServersCount"), values.iceServers().size());
    values
        .bindAddress()
        .ifPresent(it -> struct.set(ADDRESS, offset("bindAddress"), arena.allocateFrom(it)));
    struct.set(JAVA_INT, offset("iceTransportPolicy"), values.iceTransportPolicy());
    struct.set(JAVA_BOOLEAN, offset("enableIceUdpMux"), values.enableIceUdpMux());
    struct.set(JAVA_BOOLEAN, offset("disableAutoNegotiation"), values.disableAutoNegotiation());
    struct.set(JAVA_SHORT, offset("portRangeBegin"), (short) values.portRangeBegin());
    struct.set(JAVA_SHORT, offset("portRangeEnd"), (short) values.portRangeEnd());
    struct.set(JAVA_INT, offset("mtu"), values.mtuBytes());
    struct.set(JAVA_INT, offset("maxMessageSize"), values.maxMessageSizeBytes());
    return struct.address();
  }

  private static long offset(String field) {
    return LAYOUT.byteOffset(PathElement.groupElement(field));
  }
}
