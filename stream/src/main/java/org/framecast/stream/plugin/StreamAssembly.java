package org.framecast.stream.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.ComponentKind;
import org.framecast.stream.flow.ComponentProvider;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.flow.StreamSource;
import org.framecast.stream.flow.Unfinished;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.pipeline.LayerChain;
import org.framecast.stream.pipeline.Stream;
import org.framecast.stream.pipeline.StreamBuilder;

/**
 * Makes streams of documents, from the kinds of a registry.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Throws:</b> {@link DocumentException} that names the part that is wrong, with the code of
 * what kept a component from being made.
 */
public final class StreamAssembly {
  /** The name of an option that is not known is the author's text: a plain one may go back. */
  private static final Pattern PLAIN_NAME = Pattern.compile("\\w{1,40}");

  private static final int FRAMES_OF_A_WORKER = 2;

  private final ComponentRegistry registry;

  public StreamAssembly(ComponentRegistry registry) {
    this.registry = registry;
  }

  /** Checks kinds and options, and opens nothing. */
  public void check(StreamDocument document) {
    plan(ComponentKind.SOURCE, document.source(), "/source");
    checkLayers(document.layers());
    audioPlans(document);
    document
        .compositor()
        .ifPresent(choice -> plan(ComponentKind.COMPOSITOR, choice, "/compositor"));
    sinkPlans(document.sinks());
  }

  /** Checks the kinds and options of layers. */
  public void checkLayers(List<LayerChoice> layers) {
    for (int i = 0; i < layers.size(); i++) {
      plan(ComponentKind.LAYER, choice(layers.get(i)), "/layers/" + i);
    }
  }

  /**
   * Opens everything that the document names; after that the stream is only to be started.
   *
   * <p><b>Ownership:</b> the caller closes the builder, or opens the stream and closes that.
   */
  public StreamBuilder build(StreamDocument document, ComponentContext context) {
    check(document);
    if (document.sinks().isEmpty()) {
      throw new DocumentException("/sinks", "needs at least one sink");
    }
    try (Unfinished made = new Unfinished()) {
      StreamBuilder builder = made.add(Stream.from(source(document, context)));
      builder.named(document.name());
      int inFlight = Math.max(4, FRAMES_OF_A_WORKER * document.workers());
      builder.workers(document.workers(), inFlight);
      chain(document, context).layers().forEach(builder::layer);
      audioLayers(document, context).forEach(builder::audioLayer);
      // Last, so that no file is made when something else is wrong.
      for (Plan<?> plan : sinkPlans(document.sinks())) {
        builder.to(plan.name(), plan.create(StreamSink.class, context));
      }
      made.finished();
      return builder;
    }
  }

  /**
   * Opens the source alone.
   *
   * <p><b>Ownership:</b> the caller's.
   */
  public StreamSource source(StreamDocument document, ComponentContext context) {
    return plan(ComponentKind.SOURCE, document.source(), "/source")
        .create(StreamSource.class, context);
  }

  /**
   * Opens the audio layers alone.
   *
   * <p><b>Ownership:</b> the caller's.
   */
  public List<AudioLayer> audioLayers(StreamDocument document, ComponentContext context) {
    return createAll(audioPlans(document), AudioLayer.class, context);
  }

  /**
   * Opens one sink.
   *
   * @param pointer where it stands in what was asked, for messages
   *     <p><b>Ownership:</b> the caller's.
   */
  public StreamSink sink(ComponentChoice choice, String pointer, ComponentContext context) {
    return plan(ComponentKind.SINK, choice, pointer).create(StreamSink.class, context);
  }

  /** The layers in the order in which they run, and the compositor after them. */
  public LayerChain chain(StreamDocument document, ComponentContext context) {
    checkLayers(document.layers());
    List<Layer> layers = new ArrayList<>(layers(document.layers(), context));
    document
        .compositor()
        .map(choice -> plan(ComponentKind.COMPOSITOR, choice, "/compositor"))
        .ifPresent(plan -> layers.add(plan.create(Layer.class, context)));
    return LayerChain.of(layers);
  }

  private List<Layer> layers(List<LayerChoice> choices, ComponentContext context) {
    try {
      return LayerChains.build(registry, choices, context).layers();
    } catch (OptionException e) {
      throw e.place() < 0 ? located("/layers", e) : located("/layers/" + e.place(), e);
    } catch (MediaException e) {
      throw located("/layers", e);
    }
  }

  private List<Plan<?>> audioPlans(StreamDocument document) {
    List<Plan<?>> plans = new ArrayList<>();
    for (LayerChoice layer : document.audioLayers()) {
      plans.add(plan(ComponentKind.AUDIO_LAYER, choice(layer), "/audio_layers/" + plans.size()));
    }
    return plans;
  }

  private List<Plan<?>> sinkPlans(List<StreamDocument.NamedSink> sinks) {
    List<Plan<?>> plans = new ArrayList<>();
    for (StreamDocument.NamedSink sink : sinks) {
      plans.add(
          plan(ComponentKind.SINK, sink.choice(), "/sinks/" + plans.size()).named(sink.name()));
    }
    return plans;
  }

  private static <T extends AutoCloseable> List<T> createAll(
      List<Plan<?>> plans, Class<T> type, ComponentContext context) {
    try (Unfinished made = new Unfinished()) {
      List<T> all = new ArrayList<>();
      plans.forEach(plan -> all.add(made.add(plan.create(type, context))));
      made.finished();
      return all;
    }
  }

  private static ComponentChoice choice(LayerChoice layer) {
    return new ComponentChoice(layer.name(), layer.options());
  }

  private Plan<?> plan(ComponentKind kind, ComponentChoice choice, String pointer) {
    Optional<ComponentProvider<?, ?>> provider = registry.find(kind, choice.kind());
    if (provider.isEmpty()) {
      String member =
          switch (kind) {
            case LAYER, AUDIO_LAYER -> "/name";
            case SOURCE, COMPOSITOR, SINK -> "/kind";
          };
      throw new DocumentException(
          pointer + member, "no " + kind.word() + " has this name; there are " + names(kind));
    }
    return bind(provider.get(), choice, pointer);
  }

  private String names(ComponentKind kind) {
    String names =
        registry.all(kind).stream().map(ComponentProvider::name).collect(Collectors.joining(", "));
    return names.isEmpty() ? "none" : names;
  }

  private static <O extends Record> Plan<O> bind(
      ComponentProvider<?, O> provider, ComponentChoice choice, String pointer) {
    return faults(
        pointer,
        () ->
            new Plan<>(
                provider,
                OptionBinder.bind(provider.optionsType(), choice.options()),
                pointer,
                choice.kind()));
  }

  private static <T> T faults(String pointer, Supplier<T> step) {
    try {
      return step.get();
    } catch (DocumentException e) {
      throw e;
    } catch (MediaException e) {
      throw located(pointer, e);
    }
  }

  private static DocumentException located(String pointer, MediaException fault) {
    if (!(fault instanceof OptionException wrong)) {
      String rule = String.valueOf(fault.getMessage());
      return new DocumentException(fault.code(), pointer, rule, fault);
    }
    String option = wrong.option().replace("~", "~0").replace("/", "~1");
    String named = PLAIN_NAME.matcher(wrong.option()).matches() ? wrong.option() : "the option";
    return new DocumentException(
        fault.code(), pointer + "/options/" + option, named + " " + wrong.rule(), fault);
  }

  /** A component whose options are checked. */
  private record Plan<O extends Record>(
      ComponentProvider<?, O> provider, O options, String pointer, String name) {
    Plan<O> named(String ofSink) {
      return new Plan<>(provider, options, pointer, ofSink);
    }

    <T> T create(Class<T> type, ComponentContext context) {
      return type.cast(faults(pointer, () -> provider.create(options, context)));
    }
  }
}
