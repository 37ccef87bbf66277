package org.framecast.session;

import java.util.Locale;

/** What a publisher's connection is for; its name is the subprotocol that the response selects. */
public enum StreamMode {
  /** One image in, one processed image out. */
  IMAGE,
  /** Pictures and sound in; out to viewers. */
  VIDEO;

  public String subprotocol() {
    return name().toLowerCase(Locale.ROOT);
  }
}
