package org.framecast.web.whip;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import org.framecast.auth.IceServers;
import org.framecast.auth.SecretHash;
import org.framecast.publish.PublishOutcome;
import org.framecast.publish.PublishProblems;
import org.framecast.publish.PublishRequest;
import org.framecast.publish.Publishing;
import org.framecast.publish.WhipSession;
import org.framecast.session.Session;
import org.framecast.stream.webrtc.sdp.TrickleFragment;
import org.framecast.web.problem.ProblemDocument;
import org.framecast.web.signalling.Callers;
import org.framecast.web.signalling.LinkHeaders;
import org.framecast.web.signalling.SignallingEndpoint;
import org.framecast.web.signalling.SignallingRules;
import org.jspecify.annotations.Nullable;

/** The WHIP endpoint of each session's stream and the session of its publisher. */
@RequestScoped
@Path("/whip/{stream}")
public class WhipResource extends SignallingEndpoint {
  @Inject private Callers callers;
  @Inject private Publishing publishing;
  @Inject private IceServers iceServers;
  @Inject private HttpServletRequest request;

  /** Takes an offer; the answer is complete, with every candidate. */
  @POST
  public CompletionStage<Response> offer(
      @PathParam("stream") String stream,
      @HeaderParam("Content-Type") @Nullable String contentType,
      InputStream body) {
    Session caller = callers.offering(request);
    publishing.requireRight(stream, caller);
    String offer = SignallingRules.offer(contentType, body);
    SecretHash token = SecretHash.of(Callers.token(request).orElse(""));
    return publishing
        .publish(new PublishRequest(stream, offer, caller, token))
        .thenApply(this::response);
  }

  private Response response(PublishOutcome outcome) {
    return switch (outcome) {
      case PublishOutcome.Refused refused -> ProblemDocument.response(refused.problem());
      case PublishOutcome.Answered answered -> created(answered);
    };
  }

  private Response created(PublishOutcome.Answered answered) {
    WhipSession session = answered.session();
    Response.ResponseBuilder response =
        SignallingRules.created(
            "/whip/" + session.stream() + "/" + answered.secret().text(),
            session.etag(),
            answered.answer());
    LinkHeaders.iceServers(response, iceServers.of(session.owner().id()));
    return response.build();
  }

  @GET
  @Path("/{secret}")
  public Response session(@PathParam("stream") String stream, @PathParam("secret") String secret) {
    publishing.session(stream, secret, callers.asking(request));
    return Response.noContent().build();
  }

  /** Takes candidates that were found after the offer. */
  @PATCH
  @Path("/{secret}")
  public Response trickle(
      @PathParam("stream") String stream,
      @PathParam("secret") String secret,
      @HeaderParam("Content-Type") @Nullable String contentType,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      InputStream body) {
    Session caller = callers.changing(request);
    WhipSession session = publishing.session(stream, secret, caller);
    TrickleFragment fragment = SignallingRules.fragment(contentType, ifMatch, session.etag(), body);
    return SignallingRules.trickled(
        session.publisher().trickle(fragment), PublishProblems.sessionUnknown());
  }

  /**
   * Ends the publisher's session; {@code If-Match} is not looked at. The token that opened it is
   * good for this also when it has been exchanged for another.
   */
  @DELETE
  @Path("/{secret}")
  public Response end(@PathParam("stream") String stream, @PathParam("secret") String secret) {
    publishing.end(
        callers.ending(
            request,
            token -> publishing.opened(stream, secret, token),
            caller -> publishing.session(stream, secret, caller)));
    return Response.ok().build();
  }
}
