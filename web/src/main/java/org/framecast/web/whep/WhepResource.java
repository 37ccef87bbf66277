package org.framecast.web.whep;

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
import org.framecast.session.Session;
import org.framecast.stream.webrtc.sdp.TrickleFragment;
import org.framecast.viewer.ViewOutcome;
import org.framecast.viewer.ViewRequest;
import org.framecast.viewer.ViewerProblems;
import org.framecast.viewer.Viewing;
import org.framecast.viewer.WhepSession;
import org.framecast.web.problem.ProblemDocument;
import org.framecast.web.signalling.Callers;
import org.framecast.web.signalling.LinkHeaders;
import org.framecast.web.signalling.SignallingEndpoint;
import org.framecast.web.signalling.SignallingRules;
import org.jspecify.annotations.Nullable;

/** The WHEP endpoint of each stream and the session of each viewer. */
@RequestScoped
@Path("/whep/{stream}")
public class WhepResource extends SignallingEndpoint {
  private static final int MAX_USER_AGENT = 200;

  @Inject private Callers callers;
  @Inject private Viewing viewing;
  @Inject private IceServers iceServers;
  @Inject private HttpServletRequest request;

  /** Takes an offer; the answer is complete, with every candidate. */
  @POST
  public CompletionStage<Response> offer(
      @PathParam("stream") String stream,
      @HeaderParam("Content-Type") @Nullable String contentType,
      @HeaderParam("User-Agent") @Nullable String userAgent,
      InputStream body) {
    Session caller = callers.offering(request);
    String offer = SignallingRules.offer(contentType, body);
    return viewing
        .view(new ViewRequest(stream, offer, caller, request.getRemoteAddr(), shortened(userAgent)))
        .thenApply(this::response);
  }

  private static String shortened(@Nullable String userAgent) {
    String text = userAgent == null ? "" : userAgent;
    return text.length() <= MAX_USER_AGENT ? text : text.substring(0, MAX_USER_AGENT);
  }

  private Response response(ViewOutcome outcome) {
    return switch (outcome) {
      case ViewOutcome.Refused refused -> ProblemDocument.response(refused.problem());
      case ViewOutcome.Answered answered -> created(answered);
    };
  }

  private Response created(ViewOutcome.Answered answered) {
    WhepSession session = answered.session();
    String location = "/whep/" + session.stream() + "/" + answered.secret().text();
    Response.ResponseBuilder response =
        SignallingRules.created(location, session.etag(), answered.answer())
            .header("Link", WhepEventsResource.link(location));
    LinkHeaders.iceServers(response, iceServers.of(session.owner().id()));
    return response.build();
  }

  @GET
  @Path("/{secret}")
  public Response session(@PathParam("stream") String stream, @PathParam("secret") String secret) {
    viewing.session(stream, secret, callers.asking(request));
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
    WhepSession session = viewing.session(stream, secret, callers.changing(request));
    TrickleFragment fragment = SignallingRules.fragment(contentType, ifMatch, session.etag(), body);
    return SignallingRules.trickled(
        session.viewer().trickle(fragment), ViewerProblems.sessionUnknown());
  }

  /** Ends the viewer's session; {@code If-Match} is not looked at. */
  @DELETE
  @Path("/{secret}")
  public Response end(@PathParam("stream") String stream, @PathParam("secret") String secret) {
    viewing.end(stream, secret, callers.changing(request));
    return Response.ok().build();
  }
}
