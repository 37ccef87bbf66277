package org.framecast.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.framecast.config.ServerConfig;
import org.framecast.stream.codec.MediaCodecs;
import org.framecast.stream.flow.RenditionDemand;
import org.framecast.stream.media.Codec;
import org.framecast.stream.time.MediaClock;
import org.framecast.stream.time.WallClock;
import org.framecast.stream.webrtc.FanOut;
import org.framecast.stream.webrtc.FanOutSettings;
import org.framecast.stream.webrtc.SenderPool;
import org.framecast.stream.webrtc.ViewerListener;
import org.framecast.stream.webrtc.sdp.MediaFormat;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/**
 * What every live stream is built on; all of it outlives the streams.
 *
 * @param threads makes the streams' threads
 * @param video what pictures can be encoded in
 * @param senders the threads that send to all viewers
 */
public record StreamParts(
    ServerConfig config,
    MediaCodecs codecs,
    ThreadFactory threads,
    MediaClock clock,
    WallClock wallClock,
    VideoCodecs video,
    SenderPool senders) {
  /** What a stream sends that is encoded before: one codec. */
  static final StreamFormats FORMATS =
      new StreamFormats(
          List.of(MediaFormat.of(Codec.VP8)), Optional.of(MediaFormat.of(Codec.OPUS)));

  /** Sizes of each codec's pictures: the full one, and half of it for who is slow. */
  private static final int RUNGS = 2;

  /**
   * Opens the fan-out of a stream that is encoded here, in all codecs that can be.
   *
   * @param demand hears which pictures viewers want
   */
  FanOut openFanOut(RenditionDemand demand) {
    return openFanOut(
        sending(video.formats()).withLadder(config.video().maxRenditions(), RUNGS), demand);
  }

  /**
   * Opens the fan-out of a stream that its publisher encodes: in its own codec, which viewers get
   * if they take it, and in all others that it can be encoded in here.
   *
   * @param demand hears which pictures viewers want
   */
  FanOut openFanOutOf(StreamFormats published, RenditionDemand demand) {
    return openFanOut(
        sending(widened(published)).withLadder(config.video().maxRenditions(), RUNGS), demand);
  }

  private StreamFormats widened(StreamFormats published) {
    if (published.video().isEmpty()) {
      return published;
    }
    MediaFormat own = published.video().getFirst();
    List<MediaFormat> all = new ArrayList<>(List.of(own));
    video.formats().video().stream()
        .filter(format -> format.codec() != own.codec())
        .forEach(all::add);
    return new StreamFormats(all, published.audio(), StreamFormats.Choice.STREAM);
  }

  /** How a stream of these formats is sent, as the configuration says. */
  FanOutSettings sending(StreamFormats formats) {
    ServerConfig.Sending sending = config.webRtc().sending();
    return FanOutSettings.of(formats)
        .withRepeats(
            new FanOutSettings.Repeats(
                sending.historyPackets(),
                sending.repeatPercent(),
                sending.repeatFloorBytesPerSecond()));
  }

  /** Opens a fan-out with settings of its own. */
  FanOut openFanOut(FanOutSettings settings, RenditionDemand demand) {
    return FanOut.open(settings, demand, ViewerListener.none(), clock, wallClock, senders);
  }
}
