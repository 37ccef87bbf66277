package org.framecast.web.session;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import org.framecast.session.Session;
import org.framecast.session.SessionRegistry;

/** Sessions as JSON. */
final class SessionJson {
  private SessionJson() {}

  /** With the tokens: shown once, to the one who opened or refreshed the session. */
  static JsonObject opened(SessionRegistry.Opened opened) {
    Session session = opened.session();
    return Json.createObjectBuilder()
        .add("session_id", session.id())
        .add("stream", session.stream())
        .add("access_token", opened.tokens().access().text())
        .add("refresh_token", opened.tokens().refresh().text())
        .add("token_type", "Bearer")
        .add("expires_in", opened.tokens().accessLife().toSeconds())
        .add("whep", "/whep/" + session.stream())
        .add("whip", "/whip/" + session.stream())
        .add("watch", "/watch?stream=" + session.stream())
        .build();
  }

  static JsonObject shown(Session session, Instant now) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("session_id", session.id())
            .add("stream", session.stream())
            .add("expires_in", Duration.between(now, session.accessExpires()).toSeconds())
            .add("state", StateJson.of(session.state()));
    return json.build();
  }
}
