package org.example.framecast;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import org.framecast.stream.flow.ComponentContext;
import org.framecast.stream.flow.Layer;
import org.framecast.stream.flow.LayerProvider;
import org.framecast.stream.media.TimestampedFrame;

/** Makes layers that turn bright into dark. */
public final class InvertLayerProvider implements LayerProvider<InvertOptions> {
  @Override
  public String name() {
    return "invert";
  }

  @Override
  public String title() {
    return "Invert";
  }

  @Override
  public String description() {
    return "Turns bright into dark.";
  }

  @Override
  public Class<InvertOptions> optionsType() {
    return InvertOptions.class;
  }

  @Override
  public Set<Need> needs() {
    return Set.of();
  }

  @Override
  public int order() {
    return 50;
  }

  @Override
  public Layer create(InvertOptions options, ComponentContext context) {
    return new Invert();
  }

  private static final class Invert implements Layer {
    @Override
    public String name() {
      return "invert";
    }

    @Override
    public void process(TimestampedFrame frame) {
      MemorySegment luma = frame.pixels().plane(0);
      for (long i = 0; i < luma.byteSize(); i++) {
        luma.set(ValueLayout.JAVA_BYTE, i, (byte) ~luma.get(ValueLayout.JAVA_BYTE, i));
      }
    }
  }
}
