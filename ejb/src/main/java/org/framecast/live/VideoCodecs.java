package org.framecast.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.framecast.config.ServerConfig;
import org.framecast.stream.codec.EncoderSpeed;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.codec.VideoEncoderSettings;
import org.framecast.stream.media.Codec;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.webrtc.sdp.MediaFormat;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/**
 * The codecs that live streams can be encoded in here: VP8 and H264 where there is an encoder, the
 * slower ones where it was seen to keep up.
 *
 * <p><b>Thread:</b> any.
 */
@Singleton
public class VideoCodecs {
  private static final List<Codec> ALWAYS = List.of(Codec.VP8, Codec.H264);
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int BITRATE_BPS = 1_750_000;
  private static final double FRAME_RATE = 30;
  private static final int PICTURES = 15;

  private final ServerConfig.Video settings;
  private final MediaCodecs codecs;
  private final MediaClock clock;
  private volatile List<Codec> usable;

  @Inject
  VideoCodecs(ServerConfig config, CountedCodecs codecs, MediaClock clock) {
    this.settings = config.video();
    this.codecs = codecs.uncounted();
    this.clock = clock;
    usable = settings.codecs().stream().filter(ALWAYS::contains).filter(this::isHere).toList();
  }

  private boolean isHere(Codec codec) {
    return codecs.encoders().contains(codec);
  }

  /**
   * Encodes some pictures of 720p in each codec that is not always usable, and admits those that
   * are fast enough. Takes about a second; streams that are started later have them.
   */
  public void measure() {
    List<Codec> found = new ArrayList<>();
    for (Codec codec : settings.codecs()) {
      if (isHere(codec) && (ALWAYS.contains(codec) || keepsUp(codec))) {
        found.add(codec);
      }
    }
    usable = List.copyOf(found);
  }

  private boolean keepsUp(Codec codec) {
    VideoEncoderSettings trial =
        new VideoEncoderSettings(
            codec, WIDTH, HEIGHT, BITRATE_BPS, FRAME_RATE, 300, settings.speed());
    try {
      Duration median = EncoderSpeed.median(codecs, trial, PICTURES, clock);
      boolean keepsUp = median.compareTo(settings.maxEncode()) <= 0;
      LiveMessages.LOG.encoderMeasured(
          codec.sdpName(), median.toNanos() / 1e6, keepsUp ? "offered" : "not offered");
      return keepsUp;
    } catch (MediaException e) {
      LiveMessages.LOG.encoderFailed(codec.sdpName(), e);
      return false;
    }
  }

  /** Those that a stream that is started now can be encoded in, the preferred first. */
  public List<Codec> usable() {
    return usable;
  }

  /** The same with sound, as viewers are answered. */
  StreamFormats formats() {
    return new StreamFormats(
        usable.stream().map(MediaFormat::encodedHere).toList(),
        Optional.of(MediaFormat.of(Codec.OPUS)));
  }
}
