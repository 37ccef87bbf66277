package org.framecast.web.observability;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.framecast.live.LayerCatalog;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.plugin.LayerDescription;

/** The components that a stream can be built from, with the schemas of their options. */
@RequestScoped
@Path("/components")
@Produces(MediaType.APPLICATION_JSON)
public class ComponentsResource {
  @Inject private LayerCatalog layers;

  @GET
  public JsonObject components() {
    JsonArrayBuilder list = Json.createArrayBuilder();
    layers.descriptions().forEach(layer -> list.add(layer(layer)));
    return Json.createObjectBuilder().add("layers", list).build();
  }

  private JsonObject layer(LayerDescription layer) {
    return Json.createObjectBuilder()
        .add("name", layer.name())
        .add("title", layer.title())
        .add("description", layer.description())
        .add("needs_source", layer.needs().contains(LayerProvider.Need.SOURCE))
        .add("needs_detections", layer.needs().contains(LayerProvider.Need.DETECTIONS))
        .add("order", layers.order(layer.name()))
        .add("options", Json.createObjectBuilder(layer.options().toMap()))
        .build();
  }
}
