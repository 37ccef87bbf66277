package org.framecast.web.observability;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Says whether the server lives. */
@Path("/health")
public class HealthResource {
  @GET
  @Path("ready")
  public String ready() {
    return "UP";
  }
}
