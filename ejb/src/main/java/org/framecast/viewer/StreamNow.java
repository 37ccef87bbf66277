package org.framecast.viewer;

import java.util.List;
import java.util.Optional;
import org.framecast.live.StreamDirectory;
import org.framecast.live.StreamStats;
import org.framecast.stream.media.Codec;
import org.framecast.stream.webrtc.FanOut;
import org.framecast.stream.webrtc.FanOutStats;

/**
 * What there is to tell of a stream at one moment.
 *
 * @param units access units that its viewers were sent since its start, however many they are
 */
record StreamNow(long units, int viewers, List<Encode> encodes) {
  /** One running encode. */
  record Encode(Codec codec, ViewerEvent.Encoding encoding) {}

  StreamNow {
    encodes = List.copyOf(encodes);
  }

  /** Reads it; empty for a stream that does not run. */
  static Optional<StreamNow> read(StreamDirectory streams, String name) {
    Optional<FanOutStats> sent = streams.running(name).map(FanOut::stats);
    Optional<StreamStats> made = streams.stats(name);
    return sent.map(
        stats ->
            new StreamNow(
                stats.units(),
                made.map(StreamStats::viewers).orElse(stats.viewers()),
                made.map(StreamStats::encodes).orElse(List.of()).stream()
                    .map(StreamNow::encode)
                    .toList()));
  }

  private static Encode encode(StreamStats.Encode encode) {
    return new Encode(
        encode.codec(),
        new ViewerEvent.Encoding(
            encode.codec().sdpName() + "-" + encode.rung(),
            encode.width(),
            encode.height(),
            encode.bitrateBps()));
  }

  List<ViewerEvent.Encoding> encodings(Codec codec) {
    return encodes.stream()
        .filter(encode -> encode.codec() == codec)
        .map(Encode::encoding)
        .toList();
  }
}
