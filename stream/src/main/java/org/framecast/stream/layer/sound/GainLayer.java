package org.framecast.stream.layer.sound;

import java.lang.foreign.MemorySegment;
import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.media.AudioFrame;

/** Makes sound louder or softer; what would be louder than full scale is cut off there. */
public final class GainLayer implements AudioLayer {
  private final float factor;

  public GainLayer(GainOptions options) {
    factor = Samples.factor(options.gain());
  }

  @Override
  public String name() {
    return GainLayerProvider.NAME;
  }

  @Override
  public void process(AudioFrame block) {
    MemorySegment pcm = block.content();
    long count = (long) block.samples() * AudioFrame.CHANNELS;
    for (long i = 0; i < count; i++) {
      Samples.put(pcm, i, Samples.at(pcm, i) * factor);
    }
  }
}
