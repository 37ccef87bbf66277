package org.framecast.stream.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.StreamSink;
import org.framecast.stream.flow.StreamSource;

/**
 * Puts a stream together.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Ownership:</b> source, audio layers and sinks are the stream's from {@link #open} on, and
 * the builder's before: {@link #close} closes them when it comes to nothing.
 */
public final class StreamBuilder implements AutoCloseable {
  private static final int MAX_WORKERS = 64;

  private final StreamSource source;
  private final List<Layer> layers = new ArrayList<>();
  private final List<AudioLayer> audioLayers = new ArrayList<>();
  private final Map<String, StreamSink> sinks = new LinkedHashMap<>();
  private String name = "stream";
  private int workers = 1;
  private int maxInFlight = ProcessorSettings.DEFAULT_IN_FLIGHT;
  private Duration patience = SinkBank.DEFAULT_PATIENCE;
  private StreamListener listener = new StreamListener() {};
  private boolean opened;

  StreamBuilder(StreamSource source) {
    this.source = source;
  }

  /** How it is called in thread names and messages. */
  public StreamBuilder named(String streamName) {
    name = streamName;
    return this;
  }

  /** Adds a step on pictures, after those that were added before. */
  public StreamBuilder layer(Layer layer) {
    layers.add(layer);
    return this;
  }

  /** Adds a step on sound, after those that were added before. */
  public StreamBuilder audioLayer(AudioLayer layer) {
    audioLayers.add(layer);
    return this;
  }

  /** Adds a sink. */
  public StreamBuilder to(StreamSink sink) {
    return to("sink-" + sinks.size(), sink);
  }

  /** Adds a sink with a name; two of one name are refused. */
  public StreamBuilder to(String sinkName, StreamSink sink) {
    if (sinks.putIfAbsent(sinkName, sink) != null) {
      throw new IllegalArgumentException("two sinks are named " + sinkName);
    }
    return this;
  }

  /** Threads that run layers, and pictures in flight between them; one and four unless said. */
  public StreamBuilder workers(int threads, int inFlight) {
    if (threads < 1 || threads > MAX_WORKERS || inFlight < threads) {
      throw new IllegalArgumentException(threads + " workers, " + inFlight + " in flight");
    }
    workers = threads;
    maxInFlight = inFlight;
    return this;
  }

  /** How long a sink that must lose nothing may keep the stream waiting before it is given up. */
  public StreamBuilder patience(Duration limit) {
    patience = limit;
    return this;
  }

  /** Who learns of drops, of failed sinks and of the end. */
  public StreamBuilder listener(StreamListener who) {
    listener = who;
    return this;
  }

  /** The stream, which does nothing until it is started. */
  public Stream open(PipelineResources resources) {
    opened = true;
    return new Stream(this, resources);
  }

  @Override
  public void close() {
    if (!opened) {
      opened = true;
      List<AutoCloseable> all = new ArrayList<>(sinks.values());
      all.addAll(audioLayers);
      all.add(source);
      Closing.closeAll(all);
    }
  }

  StreamSource source() {
    return source;
  }

  LayerChain chain() {
    return LayerChain.of(layers);
  }

  List<AudioLayer> audioLayers() {
    return List.copyOf(audioLayers);
  }

  Map<String, StreamSink> sinks() {
    return new LinkedHashMap<>(sinks);
  }

  String name() {
    return name;
  }

  ProcessorSettings processor() {
    return ProcessorSettings.of(name, workers, maxInFlight);
  }

  Duration patience() {
    return patience;
  }

  StreamListener listener() {
    return listener;
  }
}
