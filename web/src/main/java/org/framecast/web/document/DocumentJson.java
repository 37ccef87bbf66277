package org.framecast.web.document;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import org.framecast.live.DocumentStream;
import org.framecast.stream.pipeline.SinkStatistics;
import org.framecast.stream.plugin.ComponentChoice;
import org.framecast.stream.plugin.LayerChoice;
import org.framecast.stream.plugin.StreamDocument;
import org.framecast.web.session.OptionJson;

/** A stream of a document as JSON. */
final class DocumentJson {
  private DocumentJson() {}

  static JsonObject of(DocumentStream stream) {
    JsonArrayBuilder sinks = Json.createArrayBuilder();
    stream.sinks().forEach(sink -> sinks.add(sink(sink)));
    return Json.createObjectBuilder()
        .add("name", stream.name())
        .add("state", stream.state().name().toLowerCase(Locale.ROOT))
        .add("document", document(stream.document()))
        .add("sinks", sinks)
        .build();
  }

  private static JsonObjectBuilder sink(SinkStatistics sink) {
    return Json.createObjectBuilder()
        .add("name", sink.name())
        .add("state", sink.state().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .add("items", sink.items())
        .add("dropped", sink.dropped())
        .add("faults", sink.faults());
  }

  private static JsonObjectBuilder document(StreamDocument document) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("name", document.name())
            .add("source", component(document.source()))
            .add("layers", layers(document.layers()))
            .add("audio_layers", layers(document.audioLayers()));
    document.compositor().ifPresent(choice -> json.add("compositor", component(choice)));
    JsonArrayBuilder sinks = Json.createArrayBuilder();
    document.sinks().forEach(sink -> sinks.add(component(sink.choice()).add("name", sink.name())));
    return json.add("sinks", sinks).add("workers", document.workers());
  }

  private static JsonObjectBuilder component(ComponentChoice choice) {
    return Json.createObjectBuilder()
        .add("kind", choice.kind())
        .add("options", OptionJson.of(choice.options()));
  }

  private static JsonArrayBuilder layers(List<LayerChoice> layers) {
    JsonArrayBuilder json = Json.createArrayBuilder();
    layers.forEach(
        layer ->
            json.add(
                Json.createObjectBuilder()
                    .add("name", layer.name())
                    .add("options", OptionJson.of(layer.options()))));
    return json;
  }
}
