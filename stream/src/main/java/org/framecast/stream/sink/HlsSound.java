package org.framecast.stream.sink;

import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.codec.SoundTrackEncoder;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.codec.TrackFormat;
import org.framecast.stream.codec.TrackUnit;
import org.framecast.stream.flow.Closing;
import org.framecast.stream.media.AudioFrame;
import org.jspecify.annotations.Nullable;

/**
 * The sound of a stream, encoded once for all sizes of its pictures.
 *
 * <p><b>Thread:</b> its sink's.
 *
 * <p><b>Ownership:</b> owns its encoder and its rendition.
 */
final class HlsSound implements AutoCloseable {
  private static final long NANOS = 1_000_000_000L;

  private final SoundTrackEncoder encoder;
  private @Nullable HlsRendition rendition;
  private @Nullable HlsCuts cuts;

  HlsSound(SinkTools tools, int bitrateBps) {
    encoder = tools.codecs().openSoundTrackEncoder(TrackCodec.AAC, bitrateBps, tools.buffers());
  }

  /** Makes its rendition. */
  HlsRendition open(HlsTiming timing, HlsRendition.Target target) {
    HlsRendition its =
        new HlsRendition(
            new HlsPlaylist("sound", timing), timing, unitNanos(), first -> plain(), target);
    rendition = its;
    return its;
  }

  /** The units before the first true sample are left out, so there is nothing to tell of them. */
  private TrackFormat plain() {
    TrackFormat.Sound format = encoder.format();
    return new TrackFormat.Sound(
        format.codec(), 0, format.unitSamples(), format.bitrateBps(), format.configuration());
  }

  /** Says where segments begin. */
  void cuts(HlsCuts its) {
    cuts = its;
  }

  long unitNanos() {
    return encoder.format().unitSamples() * NANOS / AudioFrame.SAMPLE_RATE_HZ;
  }

  /** From a unit's time to that of what is heard. */
  long delayNanos() {
    return encoder.format().delaySamples() * NANOS / AudioFrame.SAMPLE_RATE_HZ;
  }

  /** Encodes a block, which is lent. */
  void encode(AudioFrame block) {
    encoder.encode(block, this::add);
  }

  void flush() {
    encoder.flush(this::add);
  }

  private void add(TrackUnit unit) {
    HlsRendition its = rendition;
    HlsCuts where = cuts;
    if (its != null && where != null) {
      its.add(unit, where.at(unit.ptsNanos()));
    }
  }

  /** Idempotent. */
  @Override
  public void close() {
    List<AutoCloseable> parts = new ArrayList<>(List.of(encoder));
    if (rendition != null) {
      parts.add(rendition);
    }
    Closing.closeAll(parts);
  }
}
