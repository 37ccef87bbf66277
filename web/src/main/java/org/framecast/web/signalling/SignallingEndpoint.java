package org.framecast.web.signalling;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/**
 * What an endpoint that takes offers answers to those who only ask about it, and what the sessions
 * that it opens answer to OPTIONS.
 */
public abstract class SignallingEndpoint {
  /** Nothing to be read here, and nothing wrong in asking. */
  @GET
  public Response describe() {
    return Response.noContent().build();
  }

  /** Says what is taken. */
  @HEAD
  public Response head() {
    return Response.ok().header("Content-Type", SignallingRules.SDP).build();
  }

  /** A browser's question before it sends an offer; no token is needed for it. */
  @OPTIONS
  public Response options() {
    return SignallingRules.preflight(SignallingRules.SDP);
  }

  @OPTIONS
  @Path("/{secret}")
  public Response sessionOptions() {
    return SignallingRules.preflight(SignallingRules.SDP);
  }
}
