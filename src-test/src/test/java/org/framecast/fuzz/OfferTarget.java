package org.framecast.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.TrackSpec;
import org.framecast.stream.webrtc.sdp.LocalTransport;
import org.framecast.stream.webrtc.sdp.MediaFormat;
import org.framecast.stream.webrtc.sdp.Offer;
import org.framecast.stream.webrtc.sdp.OfferReader;
import org.framecast.stream.webrtc.sdp.OfferResult;
import org.framecast.stream.webrtc.sdp.SdpWriter;
import org.framecast.stream.webrtc.sdp.StreamFormats;

/** Offers of viewers and publishers, and the two texts that are built from what passed. */
final class OfferTarget implements FuzzTarget {
  static final StreamFormats FORMATS =
      new StreamFormats(
          List.of(
              MediaFormat.of(Codec.VP8),
              new MediaFormat(
                  Codec.H264, Map.of("profile-level-id", "42e01f", "packetization-mode", "1")),
              MediaFormat.of(Codec.VP9),
              MediaFormat.of(Codec.AV1)),
          Optional.of(MediaFormat.of(Codec.OPUS)));
  private static final Pattern PLAIN = Pattern.compile("(?:[acmostv]=[ -~]+\r\n)+");
  private static final LocalTransport LOCAL =
      LocalTransport.read(SdpWords.VIEWER.replace("actpass", "passive")).orElseThrow();

  private final Consumer<Offer> usable;

  /**
   * @param usable hears of the offers that can be answered
   */
  OfferTarget(Consumer<Offer> usable) {
    this.usable = usable;
  }

  @Override
  public List<byte[]> seeds() {
    return SdpWords.bytes(
        SdpWords.VIEWER, SdpWords.PUBLISHER, SdpWords.VIEWER.replace("\r\n", "\n"));
  }

  @Override
  public List<String> words() {
    return SdpWords.LINES;
  }

  @Override
  public boolean feed(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    boolean good =
        OfferReader.readPublisher(text, EnumSet.allOf(Codec.class)) instanceof OfferResult.Usable;
    if (OfferReader.read(text, FORMATS) instanceof OfferResult.Usable(Offer offer)) {
      check(offer);
      usable.accept(offer);
      good = true;
    }
    return good;
  }

  private static void check(Offer offer) {
    List<TrackSpec> tracks = new ArrayList<>();
    offer
        .accepted()
        .forEach(
            s ->
                tracks.add(
                    new TrackSpec(
                        s.mid(), s.kind(), s.format().codec(), s.payloadType(), 1, "c", "s", "t")));
    for (String built :
        List.of(SdpWriter.libraryOffer(offer), SdpWriter.answer(offer, LOCAL, tracks, 1))) {
      if (!PLAIN.matcher(built).matches()) {
        throw new AssertionError("not plain: " + built);
      }
    }
  }

  @Override
  public void close() {}
}
