package org.framecast.web.observability;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.framecast.live.DocumentStreams;
import org.framecast.live.LayerCatalog;
import org.framecast.stream.flow.ComponentKind;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.plugin.ComponentDescription;
import org.framecast.stream.plugin.ComponentRegistry;
import org.framecast.stream.plugin.LayerDescription;

/** The components that a stream can be built from, with the schemas of their options. */
@RequestScoped
@Path("/components")
@Produces(MediaType.APPLICATION_JSON)
public class ComponentsResource {
  @Inject private LayerCatalog layers;
  @Inject private ComponentRegistry registry;
  @Inject private DocumentStreams documents;

  @GET
  public JsonObject components() {
    JsonArrayBuilder list = Json.createArrayBuilder();
    layers.descriptions().forEach(layer -> list.add(layer(layer)));
    return Json.createObjectBuilder()
        .add("layers", list)
        .add("sources", all(ComponentKind.SOURCE))
        .add("audio_layers", all(ComponentKind.AUDIO_LAYER))
        .add("compositors", all(ComponentKind.COMPOSITOR))
        .add("sinks", all(ComponentKind.SINK))
        .build();
  }

  private JsonArrayBuilder all(ComponentKind kind) {
    JsonArrayBuilder list = Json.createArrayBuilder();
    for (ComponentDescription component : registry.describe(kind)) {
      list.add(
          common(component.name(), component.title(), component.description())
              .add("options", Json.createObjectBuilder(component.options().toMap())));
    }
    return list;
  }

  private JsonObject layer(LayerDescription layer) {
    JsonObjectBuilder json =
        common(layer.name(), layer.title(), layer.description())
            .add("needs_source", takesSource(layer))
            .add("needs_detections", layer.needs().contains(LayerProvider.Need.DETECTIONS))
            .add("in_sessions", !layer.needs().contains(LayerProvider.Need.COMPOSITOR))
            .add("order", layers.order(layer.name()))
            .add("options", Json.createObjectBuilder(layer.options().toMap()));
    if (layer.needs().contains(LayerProvider.Need.SOURCE_OR_FILE)) {
      json.add("source_option", LayerProvider.FILE_OPTION);
    }
    return json.build();
  }

  private static boolean takesSource(LayerDescription layer) {
    return layer.needs().contains(LayerProvider.Need.SOURCE)
        || layer.needs().contains(LayerProvider.Need.SOURCE_OR_FILE);
  }

  private JsonObjectBuilder common(String name, String title, String description) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("title", title)
        .add("description", description)
        .add("in_documents", !documents.refusedKinds().contains(name));
  }
}
