package org.framecast.stream.plugin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.framecast.stream.json.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * A stream as data: its source, layers and sinks by their kinds, with options.
 *
 * <pre>{@code
 * {"name": "…", "source": {"kind": "…", "options": {…}},
 *  "layers": [{"name": "…", "options": {…}}], "audio_layers": [{"name": "…", "options": {…}}],
 *  "compositor": {"kind": "…", "options": {…}},
 *  "sinks": [{"name": "…", "kind": "…", "options": {…}}], "workers": 2}
 * }</pre>
 *
 * The source alone is required. Whether there are such kinds and options, {@link StreamAssembly}
 * says.
 *
 * @param workers threads that run the layers
 */
public record StreamDocument(
    String name,
    ComponentChoice source,
    List<LayerChoice> layers,
    List<LayerChoice> audioLayers,
    Optional<ComponentChoice> compositor,
    List<NamedSink> sinks,
    int workers) {
  /** Characters that a document may have. */
  public static final int MAX_CHARACTERS = 65_536;

  /** Sinks that a stream may have, and layers of sound. */
  public static final int MAX_PARTS = 16;

  public static final int MAX_WORKERS = 64;

  private static final String DEFAULT_NAME = "stream";
  private static final List<String> MEMBERS =
      List.of("name", "source", "layers", "audio_layers", "compositor", "sinks", "workers");
  private static final List<String> OF_LAYER = List.of("name", "options");
  private static final List<String> OF_COMPONENT = List.of("kind", "options");
  private static final List<String> OF_SINK = List.of("name", "kind", "options");

  /** A sink, and how it is called within its stream. */
  public record NamedSink(String name, ComponentChoice choice) {}

  public StreamDocument {
    layers = List.copyOf(layers);
    audioLayers = List.copyOf(audioLayers);
    sinks = List.copyOf(sinks);
  }

  /**
   * Reads a document.
   *
   * @throws DocumentException that names the part that is wrong
   */
  public static StreamDocument parse(String json) {
    DocumentPart root = root(json);
    Map<String, DocumentPart> members = root.members(MEMBERS);
    DocumentPart name = members.get("name");
    DocumentPart workers = members.get("workers");
    return new StreamDocument(
        name == null ? DEFAULT_NAME : name.plainName(),
        component(root.required(members, "source")),
        layers(members.get("layers"), LayerChains.MAX_LAYERS),
        layers(members.get("audio_layers"), MAX_PARTS),
        Optional.ofNullable(members.get("compositor")).map(StreamDocument::component),
        sinks(members.get("sinks")),
        workers == null ? 1 : workers.whole(1, MAX_WORKERS));
  }

  /**
   * Reads a change of the layers alone: {@code {"layers": […]}}.
   *
   * @throws DocumentException that names the part that is wrong
   */
  public static List<LayerChoice> parseLayers(String json) {
    DocumentPart root = root(json);
    Map<String, DocumentPart> members = root.members(List.of("layers"));
    return layers(root.required(members, "layers"), LayerChains.MAX_LAYERS);
  }

  /** The same stream with other layers. */
  public StreamDocument withLayers(List<LayerChoice> others) {
    return new StreamDocument(name, source, others, audioLayers, compositor, sinks, workers);
  }

  private static DocumentPart root(String json) {
    if (json.length() > MAX_CHARACTERS) {
      throw new DocumentException("", "has more than " + MAX_CHARACTERS + " characters");
    }
    try {
      return new DocumentPart(JsonText.parse(json), "");
    } catch (IllegalArgumentException e) {
      throw DocumentException.unreadable("is not JSON: " + e.getMessage());
    }
  }

  private static ComponentChoice component(DocumentPart part) {
    Map<String, DocumentPart> members = part.members(OF_COMPONENT);
    return new ComponentChoice(part.required(members, "kind").text(), options(members));
  }

  private static List<LayerChoice> layers(@Nullable DocumentPart part, int max) {
    List<LayerChoice> layers = new ArrayList<>();
    for (DocumentPart item : part == null ? List.<DocumentPart>of() : part.items(max)) {
      Map<String, DocumentPart> members = item.members(OF_LAYER);
      layers.add(new LayerChoice(item.required(members, "name").text(), options(members)));
    }
    return layers;
  }

  private static List<NamedSink> sinks(@Nullable DocumentPart part) {
    List<NamedSink> sinks = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (DocumentPart item : part == null ? List.<DocumentPart>of() : part.items(MAX_PARTS)) {
      Map<String, DocumentPart> members = item.members(OF_SINK);
      String kind = item.required(members, "kind").text();
      DocumentPart given = members.get("name");
      String name = given == null ? kind : given.plainName();
      if (!names.add(name)) {
        throw new DocumentException(
            given == null ? item.pointer() : given.pointer(), "needs a name that no other has");
      }
      sinks.add(new NamedSink(name, new ComponentChoice(kind, options(members))));
    }
    return sinks;
  }

  private static Map<String, Object> options(Map<String, DocumentPart> members) {
    DocumentPart options = members.get("options");
    return options == null ? Map.of() : options.options();
  }
}
