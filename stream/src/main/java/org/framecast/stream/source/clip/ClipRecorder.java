package org.framecast.stream.source.clip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.framecast.stream.flow.AccessUnitSink;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.Codec;

/**
 * Keeps what encoders deliver until it is written as a clip. Pictures and sound may come from
 * different encoders, and both start at the same time.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Ownership:</b> holds the units until it is closed.
 */
public final class ClipRecorder implements AccessUnitSink, AutoCloseable {
  private final List<AccessUnit> video = new ArrayList<>();
  private final List<AccessUnit> audio = new ArrayList<>();

  @Override
  public void deliver(AccessUnit unit) {
    switch (unit.codec()) {
      case VP8 -> video.add(unit.hold());
      case OPUS -> audio.add(unit.hold());
      case VP9, H264, AV1 ->
          throw new IllegalArgumentException("a clip holds VP8 and Opus, not " + unit.codec());
    }
  }

  /**
   * Writes what starts before {@code durationNanos}, which is where the clip's loop will begin
   * again: a whole number of frames and of 20 ms, so that neither track stumbles.
   */
  public void write(Path path, ClipFile.FrameSize size, long durationNanos) throws IOException {
    ClipFile.write(
        path, size, durationNanos, before(video, durationNanos), before(audio, durationNanos));
  }

  private static List<AccessUnit> before(List<AccessUnit> units, long durationNanos) {
    return units.stream().filter(unit -> unit.ptsNanos() < durationNanos).toList();
  }

  /** How many units of the codec have come so far. */
  public int units(Codec codec) {
    return codec == Codec.OPUS ? audio.size() : codec == Codec.VP8 ? video.size() : 0;
  }

  /** Idempotent. */
  @Override
  public void close() {
    video.forEach(AccessUnit::close);
    video.clear();
    audio.forEach(AccessUnit::close);
    audio.clear();
  }
}
