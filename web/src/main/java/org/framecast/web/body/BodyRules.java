package org.framecast.web.body;

import jakarta.servlet.ServletContext;
import java.time.Duration;
import org.framecast.config.ServerConfig;
import org.framecast.web.security.Origins;

/**
 * What is taken as a body, and for how long it is waited for.
 *
 * @param limit from the head to the end of a body
 * @param maxUploadBytes the largest body of an upload
 * @param places of the bodies that are waited for
 * @param origins whose pages may read a refusal
 */
record BodyRules(Duration limit, int maxUploadBytes, BodyPlaces places, Origins origins) {
  /** The largest of all other bodies: settings and session descriptions. */
  static final int MAX_BYTES = 65_536;

  private static final String NAME = BodyRules.class.getName();

  static BodyRules of(ServerConfig config, Origins origins) {
    return new BodyRules(
        config.bodies().limit(),
        config.sessions().maxSourceBytes(),
        new BodyPlaces(config.bodies()),
        origins);
  }

  /** The rules of a deployment that has started. */
  static BodyRules of(ServletContext context) {
    return (BodyRules) context.getAttribute(NAME);
  }

  void keepIn(ServletContext context) {
    context.setAttribute(NAME, this);
  }

  /** How large a body of this path may be. */
  int maxBytes(String path) {
    return path.equals("/assets") ? maxUploadBytes : MAX_BYTES;
  }
}
