package org.framecast.stream.codec.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.framecast.stream.codec.SoundTrackEncoder;
import org.framecast.stream.codec.TrackCodec;
import org.framecast.stream.codec.TrackFormat;
import org.framecast.stream.codec.TrackUnit;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.BufferPool;

/**
 * Opus for a file: the live encoder, whose units are told at the times of decoding, and the header
 * that a file wants.
 *
 * <p><b>Source:</b> RFC 7845 §5.1
 */
final class OpusTrackEncoder implements SoundTrackEncoder {
  private static final int UNIT_SAMPLES = 960;
  private static final int HEAD_BYTES = 19;
  private static final int VERSION = 1;

  private final OpusEncoder encoder;
  private final TrackFormat.Sound format;
  private final long delayNanos;

  OpusTrackEncoder(int bitrateBps, BufferPool pool) {
    encoder = new OpusEncoder(bitrateBps, pool);
    int delay = encoder.delaySamples();
    delayNanos = delay * 1_000_000_000L / AudioFrame.SAMPLE_RATE_HZ;
    format = new TrackFormat.Sound(TrackCodec.OPUS, delay, UNIT_SAMPLES, bitrateBps, head(delay));
  }

  private static byte[] head(int delaySamples) {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    head.put("OpusHead".getBytes(StandardCharsets.US_ASCII));
    head.put((byte) VERSION).put((byte) AudioFrame.CHANNELS).putShort((short) delaySamples);
    head.putInt(AudioFrame.SAMPLE_RATE_HZ);
    // Gain and mapping family stay 0.
    return head.array();
  }

  @Override
  public TrackFormat.Sound format() {
    return format;
  }

  @Override
  public void encode(AudioFrame block, Consumer<TrackUnit> sink) {
    encoder.encode(block, unit -> deliver(unit, sink));
  }

  private void deliver(AccessUnit unit, Consumer<TrackUnit> sink) {
    sink.accept(
        new TrackUnit(
            AccessUnit.Kind.KEYFRAME,
            unit.data(),
            unit.ptsNanos() - delayNanos,
            unit.durationNanos()));
  }

  @Override
  public void flush(Consumer<TrackUnit> sink) {
    encoder.flush(unit -> deliver(unit, sink));
  }

  @Override
  public void close() {
    encoder.close();
  }
}
