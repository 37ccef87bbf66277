package org.framecast.web.session;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.framecast.problem.Problem;
import org.framecast.session.LayerSetting;
import org.framecast.session.SessionState;

/** A session's state as JSON, in both directions. */
final class StateJson {
  private static final int MAX_LAYERS = 16;

  private StateJson() {}

  static JsonObject of(SessionState state) {
    JsonArrayBuilder layers = Json.createArrayBuilder();
    state.layers().forEach(layer -> layers.add(layer(layer)));
    JsonObjectBuilder json = Json.createObjectBuilder();
    state.sourceId().ifPresentOrElse(id -> json.add("source", id), () -> json.addNull("source"));
    return json.add("layers", layers).build();
  }

  private static JsonObject layer(LayerSetting layer) {
    return Json.createObjectBuilder()
        .add("name", layer.name())
        .add("options", OptionJson.of(layer.options()))
        .build();
  }

  /**
   * Reads the form; whether the layers exist and the values fit is not looked at here.
   *
   * @throws org.framecast.problem.ProblemException with 422
   */
  static SessionState parse(JsonObject json) {
    for (String member : json.keySet()) {
      if (!member.equals("source") && !member.equals("layers")) {
        throw JsonBody.wrong(
            Problem.pointer(member), "A state has a source and layers, nothing else.");
      }
    }
    Optional<String> source =
        switch (json.getOrDefault("source", JsonValue.NULL)) {
          case JsonString id -> Optional.of(id.getString());
          case JsonValue value when value.getValueType() == JsonValue.ValueType.NULL ->
              Optional.empty();
          default -> throw JsonBody.wrong("/source", "The id of an uploaded image, or null.");
        };
    return new SessionState(source, layers(json));
  }

  private static List<LayerSetting> layers(JsonObject json) {
    JsonValue value = json.getOrDefault("layers", JsonValue.NULL);
    if (value.getValueType() != JsonValue.ValueType.ARRAY
        || value.asJsonArray().size() > MAX_LAYERS) {
      throw JsonBody.wrong(
          "/layers", "A list of at most " + MAX_LAYERS + " layers; an empty one for none.");
    }
    List<LayerSetting> layers = new ArrayList<>();
    for (JsonValue item : value.asJsonArray()) {
      String at = "/layers/" + layers.size();
      if (!(item instanceof JsonObject layer) || !(layer.get("name") instanceof JsonString name)) {
        throw JsonBody.wrong(at, "A layer has a name, and options where it needs any.");
      }
      layers.add(new LayerSetting(name.getString(), options(layer, at)));
    }
    return layers;
  }

  private static Map<String, Object> options(JsonObject layer, String at) {
    JsonValue value = layer.getOrDefault("options", JsonValue.EMPTY_JSON_OBJECT);
    if (value.getValueType() != JsonValue.ValueType.OBJECT) {
      throw JsonBody.wrong(at + "/options", "An object of option names and values.");
    }
    Map<String, Object> options = new LinkedHashMap<>();
    value
        .asJsonObject()
        .forEach(
            (name, option) ->
                options.put(name, option(option, at + "/options" + Problem.pointer(name))));
    return options;
  }

  private static Object option(JsonValue value, String at) {
    return switch (value) {
      case JsonNumber number when isLong(number) -> number.longValue();
      case JsonNumber number -> number.doubleValue();
      case JsonString text -> text.getString();
      case JsonValue flag when flag.equals(JsonValue.TRUE) -> true;
      case JsonValue flag when flag.equals(JsonValue.FALSE) -> false;
      default -> throw JsonBody.wrong(at, "A number, a text, true or false.");
    };
  }

  private static boolean isLong(JsonNumber number) {
    return number.isIntegral() && number.bigIntegerValue().bitLength() < Long.SIZE;
  }
}
