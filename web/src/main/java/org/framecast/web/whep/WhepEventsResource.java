package org.framecast.web.whep;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.framecast.auth.Secret;
import org.framecast.viewer.Subscriptions;
import org.framecast.viewer.ViewerEvent;
import org.framecast.viewer.ViewerProblems;
import org.framecast.viewer.Viewing;
import org.framecast.viewer.WhepSession;
import org.framecast.web.signalling.Callers;
import org.framecast.web.signalling.SignallingRules;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one viewer to events.
 *
 * <p><b>Source:</b> draft-ietf-wish-whep, the extension {@value #RELATION}
 */
@RequestScoped
@Path("/whep/{stream}/{secret}/events")
public class WhepEventsResource {
  static final String RELATION = "urn:ietf:params:whep:ext:core:server-sent-events";

  @Inject private Callers callers;
  @Inject private Viewing viewing;
  @Inject private Subscriptions subscriptions;
  @Inject private HttpServletRequest request;

  /** The link that an answer announces the events by. */
  static String link(String session) {
    String types =
        Arrays.stream(ViewerEvent.Type.values())
            .map(ViewerEvent.Type::wireName)
            .collect(Collectors.joining(","));
    return "<" + session + "/events>; rel=\"" + RELATION + "\"; events=\"" + types + "\"";
  }

  @OPTIONS
  public Response options() {
    return SignallingRules.preflight(MediaType.APPLICATION_JSON);
  }

  /** Takes a list of types, and opens a subscription. */
  @POST
  public Response subscribe(
      @PathParam("stream") String stream,
      @PathParam("secret") String secret,
      @HeaderParam("Content-Type") @Nullable String contentType,
      InputStream body) {
    WhepSession session = viewing.session(stream, secret, callers.changing(request));
    SignallingRules.requireType(contentType, MediaType.APPLICATION_JSON);
    Secret subscription = subscriptions.subscribe(session, EventTypes.read(body));
    return Response.status(201)
        .header("Location", "/whep/" + stream + "/" + secret + "/events/" + subscription.text())
        .header("Cache-Control", "no-store")
        .build();
  }

  @OPTIONS
  @Path("/{subscription}")
  public Response subscriptionOptions() {
    return SignallingRules.preflight(MediaType.APPLICATION_JSON);
  }

  /**
   * Sends the events. A browser's event source sends no token, so the address is enough: it is
   * secret, and was given to a bearer of the token. A token that is sent must be right.
   */
  @GET
  @Path("/{subscription}")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(
      @PathParam("stream") String stream,
      @PathParam("secret") String secret,
      @PathParam("subscription") String subscription,
      @Context SseEventSink sink,
      @Context Sse sse) {
    WhepSession session =
        request.getHeader("Authorization") == null
            ? viewing.session(stream, secret)
            : viewing.session(stream, secret, callers.asking(request));
    if (!subscriptions.find(session, subscription).attach(new SseReader(sink, sse))) {
      throw ViewerProblems.subscriptionUnknown().asException();
    }
  }

  /** Ends a subscription. */
  @DELETE
  @Path("/{subscription}")
  public Response end(
      @PathParam("stream") String stream,
      @PathParam("secret") String secret,
      @PathParam("subscription") String subscription) {
    WhepSession session = viewing.session(stream, secret, callers.changing(request));
    subscriptions.end(session, subscription);
    return Response.ok().build();
  }
}
