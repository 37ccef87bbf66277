package org.framecast.stream.whep;

import java.util.List;
import org.framecast.stream.flow.Label;
import org.framecast.stream.media.Codec;

/** The codec of the pictures that viewers are sent. */
public enum WebRtcCodec {
  /** VP8 or H264, as each viewer likes best: each is encoded while somebody watches it. */
  AUTO(Codec.VP8, Codec.H264),
  @Label("VP8")
  VP8(Codec.VP8),
  @Label("VP9")
  VP9(Codec.VP9),
  H264(Codec.H264),
  @Label("AV1")
  AV1(Codec.AV1);

  private final List<Codec> codecs;

  WebRtcCodec(Codec... codecs) {
    this.codecs = List.of(codecs);
  }

  List<Codec> codecs() {
    return codecs;
  }
}
