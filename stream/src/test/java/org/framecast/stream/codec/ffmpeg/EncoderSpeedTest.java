package org.framecast.stream.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.framecast.stream.codec.EncoderSpeed;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.media.Codec;
import org.framecast.stream.time.MediaClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every video encoder can be measured with what {@link EncoderSpeed} draws. */
class EncoderSpeedTest extends NativesTest {
  @ParameterizedTest
  @EnumSource(names = {"VP8", "VP9", "H264", "AV1"})
  void everyEncoderCanBeMeasured(Codec codec) {
    VideoEncoderSettings settings =
        new VideoEncoderSettings(codec, 1280, 720, 2_000_000, 30, 300, 12);
    Duration median = EncoderSpeed.median(codecs, settings, 10, MediaClock.system());
    assertTrue(median.isPositive());
    assertTrue(median.toMillis() < 10_000, codec + " takes " + median);
    System.Logger log = System.getLogger(EncoderSpeedTest.class.getName());
    log.log(System.Logger.Level.INFO, "{0}: {1} ms a picture", codec, median.toNanos() / 1e6);
  }
}
