package org.framecast.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.framecast.stream.codec.AudioEncoder;
import org.framecast.stream.codec.ffmpeg.FfmpegCodecs;
import org.framecast.stream.flow.StreamInput;
import org.framecast.stream.media.AccessUnit;
import org.framecast.stream.media.AudioFrame;
import org.framecast.stream.media.TimestampedFrame;
import org.framecast.stream.time.MediaClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class AudioDecodeLoopTest {
  private static final int UNITS = 10;

  @Test
  void everyUnitIsHeardAndWhatIsNotTakenGoesBack() {
    FfmpegCodecs codecs = new FfmpegCodecs();
    AtomicInteger heard = new AtomicInteger();
    StreamInput input =
        new StreamInput() {
          @Override
          public boolean offerFrame(TimestampedFrame frame) {
            return false;
          }

          @Override
          public boolean offerAudio(AudioFrame block) {
            heard.incrementAndGet();
            return false;
          }
        };
    try (PipelineFixture fixture = new PipelineFixture(codecs, MediaClock.system())) {
      List<AccessUnit> units = new ArrayList<>();
      try (AudioEncoder encoder = codecs.openAudioEncoder(64_000, fixture.buffers)) {
        for (int i = 0; i < UNITS; i++) {
          try (AudioFrame block = fixture.sound(i * 20_000_000L)) {
            encoder.encode(block, unit -> units.add(unit.hold()));
          }
        }
      }
      AudioDecodeLoop loop =
          new AudioDecodeLoop(
              "sound", fixture.resources, input, fixture::dropped, fixture.statistics);
      loop.start();
      units.forEach(
          unit -> {
            try (unit) {
              loop.offer(unit);
            }
          });
      PipelineFixture.await(() -> heard.get() >= units.size() - 1);
      assertTrue(loop.stop(Duration.ofSeconds(5)));
      assertEquals(List.of(), fixture.drops);
    }
  }
}
