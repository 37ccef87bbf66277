package org.framecast.stream.pipeline;

import java.util.List;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.PrivacyLayer;
import org.framecast.stream.flow.Stage;
import org.framecast.stream.flow.StageRecorder;
import org.framecast.stream.media.Detection;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * Configured layers in their order: the settings that travel with each frame.
 *
 * <p>A layer that fails ends the chain for this frame, which must then not be shown. With a {@link
 * PrivacyLayer} inside: a frame counts as shown only if every privacy layer finished, and when no
 * detector looked at the very pixels that such a layer gets for what may have to be hidden, the
 * whole picture is hidden.
 *
 * <p><b>Thread:</b> any; immutable.
 */
public final class LayerChain {
  private static final LayerChain EMPTY = new LayerChain(List.of());

  private final List<Layer> layers;
  private final boolean hides;

  private LayerChain(List<Layer> layers) {
    this.layers = List.copyOf(layers);
    this.hides = this.layers.stream().anyMatch(PrivacyLayer.class::isInstance);
  }

  /** Runs the layers in the order of the list. */
  public static LayerChain of(List<? extends Layer> layers) {
    return new LayerChain(List.copyOf(layers));
  }

  /** Shows frames as they come. */
  public static LayerChain empty() {
    return EMPTY;
  }

  public List<Layer> layers() {
    return layers;
  }

  /** Whether a layer of it hides something: then a frame without a result counts as privacy. */
  public boolean hides() {
    return hides;
  }

  /** What a frame of this chain that is dropped for a fault or for being late counts as. */
  public DropKind dropKind(DropKind plain) {
    return hides ? DropKind.PRIVACY : plain;
  }

  /**
   * Runs the layers on a frame.
   *
   * <p><b>Ownership:</b> the frame is lent; after a failure it must be closed unseen.
   */
  public ChainResult apply(TimestampedFrame frame, StageRecorder recorder) {
    VideoFrame lookedAt = frame.sensitive() == null ? null : frame.pixels();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      try {
        lookedAt = run(layer, frame, lookedAt, recorder);
      } catch (RuntimeException | Error e) {
        return new ChainResult.Failed(layer.name(), dropKind(DropKind.ERROR), e);
      }
    }
    return ChainResult.SHOWN;
  }

  private static @Nullable VideoFrame run(
      Layer layer, TimestampedFrame frame, @Nullable VideoFrame lookedAt, StageRecorder recorder) {
    if (layer instanceof PrivacyLayer privacy && lookedAt != frame.pixels()) {
      privacy.hideWhole(frame);
      return lookedAt;
    }
    List<Detection> before = frame.detections();
    List<Detection> sensitive = frame.sensitive();
    long start = System.nanoTime();
    layer.process(frame);
    if (frame.detections() != before) {
      recorder.record(Stage.INFERENCE, System.nanoTime() - start);
    }
    if (frame.sensitive() != sensitive) {
      return frame.pixels();
    }
    return lookedAt == frame.pixels() ? lookedAt : null;
  }
}
