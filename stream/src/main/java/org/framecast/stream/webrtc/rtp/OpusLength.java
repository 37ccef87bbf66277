package org.framecast.stream.webrtc.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How long an Opus packet sounds, by its first bytes.
 *
 * <p><b>Source:</b> RFC 6716 §3.1, §3.2.
 */
final class OpusLength {
  private static final int SAMPLES_OF_2_5_MILLIS = 120;
  private static final int SAMPLES_OF_10_MILLIS = 480;
  private static final int SAMPLES_OF_60_MILLIS = 2_880;
  private static final int MAX_SAMPLES = 5_760;
  private static final int FIRST_HYBRID = 12;
  private static final int FIRST_CELT = 16;

  private OpusLength() {}

  /**
   * Samples at 48 kHz; 0 when the bytes are no Opus packet.
   *
   * @param packet its first {@code sizeBytes} are the packet's
   */
  static int samples(MemorySegment packet, int sizeBytes) {
    if (sizeBytes == 0) {
      return 0;
    }
    int toc = packet.get(ValueLayout.JAVA_BYTE, 0) & 0xff;
    int second = sizeBytes > 1 ? packet.get(ValueLayout.JAVA_BYTE, 1) & 0x3f : 0;
    int samples = frames(toc & 3, second) * frameSamples(toc >> 3);
    return samples > MAX_SAMPLES ? 0 : samples;
  }

  private static int frames(int code, int named) {
    return switch (code) {
      case 0 -> 1;
      case 1, 2 -> 2;
      default -> named;
    };
  }

  private static int frameSamples(int config) {
    if (config >= FIRST_CELT) {
      return SAMPLES_OF_2_5_MILLIS << (config & 3);
    }
    if (config >= FIRST_HYBRID) {
      return SAMPLES_OF_10_MILLIS << (config & 1);
    }
    int size = config & 3;
    return size == 3 ? SAMPLES_OF_60_MILLIS : SAMPLES_OF_10_MILLIS << size;
  }
}
