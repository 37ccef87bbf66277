package org.framecast.web.observability;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.framecast.session.SessionRegistry;
import org.framecast.viewer.Previews;
import org.framecast.web.security.Bearer;
import org.jspecify.annotations.Nullable;

/** A stream's picture in small, for who may watch it. */
@RequestScoped
@Path("/streams/{name}/thumbnail")
public class ThumbnailResource {
  @Inject private SessionRegistry sessions;
  @Inject private Previews previews;

  /** A JPEG. */
  @GET
  public Response thumbnail(
      @PathParam("name") String name,
      @HeaderParam("Authorization") @Nullable String authorization) {
    byte[] jpeg = previews.require(sessions.authenticate(Bearer.token(authorization)), name).jpeg();
    return Response.ok(jpeg, "image/jpeg").header("Cache-Control", "no-store").build();
  }
}
