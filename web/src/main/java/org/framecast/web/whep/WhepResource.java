package org.framecast.web.whep;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.framecast.session.Session;
import org.framecast.session.SessionRegistry;
import org.framecast.stream.webrtc.Viewer;
import org.framecast.stream.webrtc.sdp.TrickleFragment;
import org.framecast.viewer.ViewOutcome;
import org.framecast.viewer.ViewRequest;
import org.framecast.viewer.ViewerProblems;
import org.framecast.viewer.Viewing;
import org.framecast.viewer.WhepSession;
import org.framecast.web.problem.ProblemDocument;
import org.framecast.web.security.Bearer;
import org.framecast.web.security.BodyReader;
import org.jspecify.annotations.Nullable;

/** The WHEP endpoint of each stream and the session of each viewer. */
@RequestScoped
@Path("/whep/{stream}")
public class WhepResource {
  private static final String SDP = "application/sdp";
  private static final String FRAGMENT = "application/trickle-ice-sdpfrag";
  private static final int MAX_SDP_BYTES = 65_536;
  private static final int MAX_USER_AGENT = 200;

  @Inject private SessionRegistry sessions;
  @Inject private Viewing viewing;

  /** Takes an offer; the answer is complete, with every candidate. */
  @POST
  public CompletionStage<Response> offer(
      @PathParam("stream") String stream,
      @HeaderParam("Authorization") @Nullable String authorization,
      @HeaderParam("Content-Type") @Nullable String contentType,
      @HeaderParam("User-Agent") @Nullable String userAgent,
      @Context HttpServletRequest request,
      InputStream body) {
    Session caller = sessions.authenticate(Bearer.token(authorization));
    WhepHeaders.requireType(contentType, SDP);
    String offer = new String(BodyReader.read(body, MAX_SDP_BYTES), StandardCharsets.UTF_8);
    return viewing
        .view(new ViewRequest(stream, offer, caller, request.getRemoteAddr(), shortened(userAgent)))
        .thenApply(WhepResource::response);
  }

  private static String shortened(@Nullable String userAgent) {
    String text = userAgent == null ? "" : userAgent;
    return text.length() <= MAX_USER_AGENT ? text : text.substring(0, MAX_USER_AGENT);
  }

  private static Response response(ViewOutcome outcome) {
    return switch (outcome) {
      case ViewOutcome.Refused refused -> ProblemDocument.response(refused.problem());
      case ViewOutcome.Answered answered ->
          Response.status(201)
              .header(
                  "Location",
                  "/whep/" + answered.session().stream() + "/" + answered.secret().text())
              .header("ETag", answered.session().etag())
              .header("Content-Type", SDP)
              .header("Cache-Control", "no-store")
              .entity(answered.answer().getBytes(StandardCharsets.UTF_8))
              .build();
    };
  }

  /** Nothing to be read here, and nothing wrong in asking. */
  @GET
  public Response describe() {
    return Response.noContent().build();
  }

  /** Says what is taken. */
  @HEAD
  public Response head() {
    return Response.ok().header("Content-Type", SDP).build();
  }

  /** A browser's question before it sends an offer; no token is needed for it. */
  @OPTIONS
  public Response options() {
    return WhepHeaders.preflight();
  }

  @GET
  @Path("/{secret}")
  public Response session(
      @PathParam("stream") String stream,
      @PathParam("secret") String secret,
      @HeaderParam("Authorization") @Nullable String authorization) {
    viewing.session(stream, secret, sessions.authenticate(Bearer.token(authorization)));
    return Response.noContent().build();
  }

  @OPTIONS
  @Path("/{secret}")
  public Response sessionOptions() {
    return WhepHeaders.preflight();
  }

  /** Takes candidates that were found after the offer. */
  @PATCH
  @Path("/{secret}")
  public Response trickle(
      @PathParam("stream") String stream,
      @PathParam("secret") String secret,
      @HeaderParam("Authorization") @Nullable String authorization,
      @HeaderParam("Content-Type") @Nullable String contentType,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      InputStream body) {
    Session caller = sessions.authenticate(Bearer.token(authorization));
    WhepSession session = viewing.session(stream, secret, caller);
    WhepHeaders.requireType(contentType, FRAGMENT);
    WhepHeaders.requireMatch(ifMatch, session.etag());
    String text = new String(BodyReader.read(body, MAX_SDP_BYTES), StandardCharsets.UTF_8);
    return switch (TrickleFragment.read(text)) {
      case TrickleFragment.Result.Malformed malformed ->
          throw WhepHeaders.fragmentMalformed().asException();
      case TrickleFragment.Result.Parsed(TrickleFragment fragment) ->
          trickled(session.viewer().trickle(fragment));
    };
  }

  private static Response trickled(Viewer.TrickleOutcome outcome) {
    return switch (outcome) {
      case ACCEPTED -> Response.noContent().build();
      case RESTART_REFUSED -> throw WhepHeaders.restartRefused().asException();
      case GONE -> throw ViewerProblems.sessionUnknown().asException();
    };
  }

  /** Ends the viewer's session; {@code If-Match} is not looked at. */
  @DELETE
  @Path("/{secret}")
  public Response end(
      @PathParam("stream") String stream,
      @PathParam("secret") String secret,
      @HeaderParam("Authorization") @Nullable String authorization) {
    Session caller = sessions.authenticate(Bearer.token(authorization));
    viewing.session(stream, secret, caller).viewer().close();
    return Response.ok().build();
  }
}
