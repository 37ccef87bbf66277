package org.framecast.stream.webrtc.sdp;

import java.util.Locale;

/**
 * What a {@code profile-level-id} stands for, whatever its level: several spellings of the
 * constraint bits name one profile.
 *
 * <p><b>Source:</b> RFC 6184 §8.1, table 5.
 */
enum H264Profile {
  CONSTRAINED_BASELINE,
  BASELINE,
  MAIN,
  EXTENDED,
  HIGH,
  CONSTRAINED_HIGH,
  /** None of these, or no such text. */
  OTHER;

  /** Without the parameter it is Baseline. */
  static final String DEFAULT = "420010";

  private static final int SET_0 = 0x80;
  private static final int SET_1 = 0x40;

  static H264Profile parse(String profileLevelId) {
    String id = profileLevelId.trim().toLowerCase(Locale.ROOT);
    if (!id.matches("[0-9a-f]{6}")) {
      return OTHER;
    }
    int constraints = Integer.parseInt(id.substring(2, 4), 16);
    boolean set0 = (constraints & SET_0) != 0;
    boolean set1 = (constraints & SET_1) != 0;
    return switch (id.substring(0, 2)) {
      case "42" -> set1 ? CONSTRAINED_BASELINE : BASELINE;
      case "4d" -> set0 ? CONSTRAINED_BASELINE : MAIN;
      case "58" -> set0 ? set1 ? CONSTRAINED_BASELINE : BASELINE : EXTENDED;
      case "64" ->
          switch (constraints) {
            case 0x00 -> HIGH;
            case 0x0c -> CONSTRAINED_HIGH;
            default -> OTHER;
          };
      default -> OTHER;
    };
  }
}
