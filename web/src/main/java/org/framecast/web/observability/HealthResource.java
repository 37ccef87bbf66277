package org.framecast.web.observability;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** The health checks on the port of the application; the management port has them too. */
@RequestScoped
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
  @Inject @Any @Liveness private Instance<HealthCheck> liveness;
  @Inject @Any @Readiness private Instance<HealthCheck> readiness;

  /** Whether the process should go on. */
  @GET
  @Path("/live")
  public Response live() {
    return answer(liveness);
  }

  /** Whether requests can be served. */
  @GET
  @Path("/ready")
  public Response ready() {
    return answer(readiness);
  }

  private static Response answer(Instance<HealthCheck> checks) {
    boolean up = true;
    JsonArrayBuilder list = Json.createArrayBuilder();
    for (HealthCheck check : checks) {
      HealthCheckResponse response = check.call();
      up &= response.getStatus() == HealthCheckResponse.Status.UP;
      list.add(json(response));
    }
    JsonObject body =
        Json.createObjectBuilder().add("status", up ? "UP" : "DOWN").add("checks", list).build();
    return Response.status(up ? 200 : 503).header("Cache-Control", "no-store").entity(body).build();
  }

  private static JsonObjectBuilder json(HealthCheckResponse response) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("name", response.getName())
            .add("status", response.getStatus().name());
    response
        .getData()
        .ifPresent(
            data -> {
              JsonObjectBuilder object = Json.createObjectBuilder();
              data.forEach((key, value) -> add(object, key, value));
              json.add("data", object);
            });
    return json;
  }

  /** The specification allows text, numbers and truth values. */
  private static void add(JsonObjectBuilder object, String key, Object value) {
    switch (value) {
      case Long number -> object.add(key, number);
      case Integer number -> object.add(key, number);
      case Boolean truth -> object.add(key, truth);
      default -> object.add(key, value.toString());
    }
  }
}
