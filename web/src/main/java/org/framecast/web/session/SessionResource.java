package org.framecast.web.session;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.framecast.auth.PairingGate;
import org.framecast.auth.Secret;
import org.framecast.live.StateChange;
import org.framecast.problem.Problem;
import org.framecast.session.EndReason;
import org.framecast.session.Session;
import org.framecast.session.SessionRegistry;
import org.framecast.session.SessionState;
import org.framecast.web.security.Bearer;
import org.jspecify.annotations.Nullable;

/** The caller's session: opened, shown, refreshed, ended, and its state. */
@RequestScoped
@Path("/session")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
  private static final Set<String> MEMBERS = Set.of("pairing_code", "expires_in", "stream_secret");

  @Inject private SessionRegistry sessions;
  @Inject private PairingGate pairing;
  @Inject private StateChange stateChange;
  @Inject private InstantSource clock;

  /**
   * Opens a session; the body may carry a pairing code, a shorter life of the access token, and a
   * secret that the stream's name follows from.
   */
  @POST
  public Response open(@Context HttpServletRequest request, InputStream body) {
    JsonObject json = JsonBody.readOptional(body);
    for (String member : json.keySet()) {
      if (!MEMBERS.contains(member)) {
        throw JsonBody.wrong(
            Problem.pointer(member),
            "A session is opened with pairing_code, expires_in and stream_secret, nothing else.");
      }
    }
    String code = json.get("pairing_code") instanceof JsonString text ? text.getString() : null;
    pairing
        .refusal(code, request.getRemoteAddr())
        .ifPresent(
            problem -> {
              throw problem.asException();
            });
    SessionRegistry.Opened opened =
        sessions.open(request.getRemoteAddr(), askedLife(json), streamSecret(json));
    return Response.created(URI.create("/session"))
        .header("Cache-Control", "no-store")
        .entity(SessionJson.opened(opened))
        .build();
  }

  private static Optional<Duration> askedLife(JsonObject json) {
    if (!json.containsKey("expires_in")) {
      return Optional.empty();
    }
    if (!(json.get("expires_in") instanceof JsonNumber seconds)
        || !seconds.isIntegral()
        || seconds.doubleValue() < 1
        || seconds.doubleValue() > 86_400) {
      throw JsonBody.wrong("/expires_in", "Whole seconds, from 1 to 86400.");
    }
    return Optional.of(Duration.ofSeconds(seconds.longValue()));
  }

  private static Secret streamSecret(JsonObject json) {
    if (!json.containsKey("stream_secret")) {
      return Secret.random();
    }
    String text = json.get("stream_secret") instanceof JsonString it ? it.getString() : "";
    return Secret.parse(text)
        .orElseThrow(
            () -> JsonBody.wrong("/stream_secret", "256 random bits: 43 characters of base64url."));
  }

  @GET
  public Response show(@HeaderParam("Authorization") @Nullable String authorization) {
    Session session = sessions.authenticate(Bearer.token(authorization));
    return Response.ok(SessionJson.shown(session, clock.instant()))
        .header("Cache-Control", "no-store")
        .build();
  }

  /** Exchanges the refresh token, which the header carries here, for a new pair. */
  @PUT
  public Response refresh(@HeaderParam("Authorization") @Nullable String authorization) {
    SessionRegistry.Opened opened = sessions.refresh(Bearer.token(authorization));
    return Response.ok(SessionJson.opened(opened)).header("Cache-Control", "no-store").build();
  }

  @DELETE
  public Response end(@HeaderParam("Authorization") @Nullable String authorization) {
    sessions.end(sessions.authenticate(Bearer.token(authorization)), EndReason.DELETED);
    return Response.noContent().build();
  }

  @GET
  @Path("/state")
  public JsonObject state(@HeaderParam("Authorization") @Nullable String authorization) {
    return StateJson.of(sessions.authenticate(Bearer.token(authorization)).state());
  }

  /** Replaces the state as a whole; on a live stream it holds from the next frame on. */
  @PUT
  @Path("/state")
  public JsonObject changeState(
      @HeaderParam("Authorization") @Nullable String authorization, InputStream body) {
    Session session = sessions.authenticate(Bearer.token(authorization));
    SessionState state = StateJson.parse(JsonBody.read(body));
    return StateJson.of(stateChange.apply(session, state));
  }
}
