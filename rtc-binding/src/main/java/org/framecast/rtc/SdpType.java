package org.framecast.rtc;

import java.util.Locale;

/** What a session description is for. */
public enum SdpType {
  OFFER,
  ANSWER,
  PRANSWER,
  ROLLBACK;

  static SdpType parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
