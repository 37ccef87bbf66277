package org.framecast.web.observability;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.framecast.live.HttpPlayers;
import org.framecast.live.LiveProblems;
import org.framecast.live.StreamDirectory;
import org.framecast.session.SessionRegistry;
import org.framecast.stream.transport.MediaKind;
import org.framecast.viewer.Viewing;
import org.framecast.viewer.WhepSession;
import org.framecast.web.security.Bearer;
import org.framecast.web.stream.EventJson;
import org.jspecify.annotations.Nullable;

/** The streams that a caller may know of, their viewers and their numbers. */
@RequestScoped
@Path("/streams")
@Produces(MediaType.APPLICATION_JSON)
public class StreamsResource {
  @Inject private SessionRegistry sessions;
  @Inject private StreamDirectory streams;
  @Inject private Viewing viewing;
  @Inject private HttpPlayers players;

  /** The caller's own stream and the configured ones. */
  @GET
  public JsonObject list(@HeaderParam("Authorization") @Nullable String authorization) {
    JsonArrayBuilder list = Json.createArrayBuilder();
    streams
        .list(sessions.authenticate(Bearer.token(authorization)))
        .forEach(entry -> list.add(entry(entry)));
    return Json.createObjectBuilder().add("streams", list).build();
  }

  private static JsonObjectBuilder entry(StreamDirectory.Entry entry) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("name", entry.name())
            .add("kind", entry.kind())
            .add("state", entry.stats().isPresent() ? "live" : "idle")
            .add("viewers", entry.stats().map(stats -> stats.viewers()).orElse(0))
            .add("preview", entry.pictures() == StreamDirectory.Entry.Pictures.AT_HAND);
    entry
        .stats()
        .ifPresent(
            stats ->
                json.add("width", stats.width())
                    .add("height", stats.height())
                    .add("fps", Math.round(stats.framesOutPerSecond() * 100) / 100.0));
    return json;
  }

  /** Who watches, by WebRTC and over HTTP. */
  @GET
  @Path("/{name}/viewers")
  public JsonObject viewers(
      @PathParam("name") String name,
      @HeaderParam("Authorization") @Nullable String authorization) {
    streams.requireVisible(name, sessions.authenticate(Bearer.token(authorization)));
    JsonArrayBuilder list = Json.createArrayBuilder();
    viewing.of(name).forEach(session -> list.add(viewer(session)));
    players.of(name).forEach(player -> list.add(viewer(player)));
    return Json.createObjectBuilder().add("viewers", list).build();
  }

  private static JsonObjectBuilder viewer(WhepSession session) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", session.viewer().id())
            .add("state", session.viewer().state().name().toLowerCase(Locale.ROOT))
            .add("since", session.viewer().since().toString())
            .add("way", "webrtc");
    session
        .viewer()
        .codec(MediaKind.VIDEO)
        .ifPresent(codec -> json.add("codec", codec.name().toLowerCase(Locale.ROOT)));
    if (!session.userAgent().isEmpty()) {
      json.add("user_agent", session.userAgent());
    }
    return json;
  }

  private static JsonObjectBuilder viewer(HttpPlayers.Player player) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("id", player.id())
            .add("state", "connected")
            .add("since", player.since().toString())
            .add("way", "hls")
            .add("codec", "h264");
    if (!player.reader().agent().isEmpty()) {
      json.add("user_agent", player.reader().agent());
    }
    return json;
  }

  /** The numbers of the last second. */
  @GET
  @Path("/{name}/stats")
  public JsonObject stats(
      @PathParam("name") String name,
      @HeaderParam("Authorization") @Nullable String authorization) {
    streams.requireVisible(name, sessions.authenticate(Bearer.token(authorization)));
    return EventJson.stats(
        streams.stats(name).orElseThrow(() -> LiveProblems.notPublished().asException()));
  }
}
