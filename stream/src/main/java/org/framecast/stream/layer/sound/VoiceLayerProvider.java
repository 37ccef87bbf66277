package org.framecast.stream.layer.sound;

import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.flow.AudioLayerProvider;
import org.framecast.stream.flow.ComponentContext;

/** Makes {@link VoiceLayer}s. */
public final class VoiceLayerProvider implements AudioLayerProvider<VoiceOptions> {
  static final String NAME = "voice";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "Voice";
  }

  @Override
  public String description() {
    return "Notices when a voice begins and when it pauses.";
  }

  @Override
  public Class<VoiceOptions> optionsType() {
    return VoiceOptions.class;
  }

  @Override
  public AudioLayer create(VoiceOptions options, ComponentContext context) {
    return new VoiceLayer(options, context.find(VoiceListener.class).orElseGet(Unheard::new));
  }

  /** Nobody wants to know. */
  private static final class Unheard implements VoiceListener {
    @Override
    public void started(long ptsNanos) {}

    @Override
    public void paused(long ptsNanos) {}
  }
}
