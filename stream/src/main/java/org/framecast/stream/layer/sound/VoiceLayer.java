package org.framecast.stream.layer.sound;

import java.lang.foreign.MemorySegment;
import org.framecast.stream.flow.AudioLayer;
import org.framecast.stream.media.AudioFrame;

/**
 * Says when a voice begins and when it pauses, and changes nothing.
 *
 * <p>Sound is looked at in windows of 10 ms. A window is a voice's when it is loud enough, above
 * the noise so far, and changes its sign less often than hiss does. Three of them in a row begin a
 * voice; a hangover without one ends it. It knows nothing of speech: a tone or music counts too,
 * until the noise floor has risen to it.
 *
 * <p><b>Thread:</b> as every audio layer; {@link #isActive()} from any.
 */
public final class VoiceLayer implements AudioLayer {
  private static final int WINDOW = AudioFrame.SAMPLE_RATE_HZ / 100;
  private static final long WINDOW_NANOS = 10_000_000;
  private static final int ATTACK_WINDOWS = 3;

  /** Changes of sign of one sample; hiss has a half, speech rarely a sixth. */
  private static final double MAX_CROSSINGS = 0.25;

  /** The floor falls to a softer window at once, and rises by so much with each louder one. */
  private static final double FLOOR_RISE = 0.02;

  private final VoiceOptions options;
  private final VoiceListener listener;
  private final long hangoverWindows;
  private double floor;
  private double squares;
  private int crossings;
  private int samples;
  private float before;
  private int attack;
  private long quiet;
  private volatile boolean active;

  public VoiceLayer(VoiceOptions options, VoiceListener listener) {
    this.options = options;
    this.listener = listener;
    this.floor = options.threshold() - options.margin();
    this.hangoverWindows = Math.max(1, options.hangover() * 1_000_000L / WINDOW_NANOS);
  }

  @Override
  public String name() {
    return VoiceLayerProvider.NAME;
  }

  @Override
  public void process(AudioFrame block) {
    MemorySegment pcm = block.content();
    for (int i = 0; i < block.samples(); i++) {
      long index = (long) i * AudioFrame.CHANNELS;
      float value = (Samples.at(pcm, index) + Samples.at(pcm, index + 1)) / 2;
      squares += value * value;
      crossings += value < 0 != before < 0 ? 1 : 0;
      before = value;
      samples++;
      if (samples == WINDOW) {
        window(block.ptsNanos() + (i + 1) * 1_000_000_000L / AudioFrame.SAMPLE_RATE_HZ);
      }
    }
  }

  private void window(long endNanos) {
    double level = Math.max(Samples.decibels(Math.sqrt(squares / samples)), -120);
    boolean voice =
        level > options.threshold()
            && level > floor + options.margin()
            && (double) crossings / samples < MAX_CROSSINGS;
    floor = level < floor ? level : floor + FLOOR_RISE;
    squares = 0;
    crossings = 0;
    samples = 0;
    decide(voice, endNanos);
  }

  private void decide(boolean voice, long endNanos) {
    attack = voice ? attack + 1 : 0;
    quiet = voice ? 0 : quiet + 1;
    if (!active && attack == ATTACK_WINDOWS) {
      active = true;
      listener.started(endNanos - ATTACK_WINDOWS * WINDOW_NANOS);
    } else if (active && quiet == hangoverWindows) {
      active = false;
      listener.paused(endNanos - quiet * WINDOW_NANOS);
    }
  }

  /** Whether a voice has begun and not paused. */
  public boolean isActive() {
    return active;
  }
}
