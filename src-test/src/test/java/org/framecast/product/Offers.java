package org.framecast.product;

/** Offers as viewers' browsers make them. */
final class Offers {
  private Offers() {}

  /** Video 96 VP8 and audio 111 Opus, receive only, as Chromium numbers them. */
  static String chromiumLike() {
    return chromiumLike("aB3d", 50_000);
  }

  /** The same with an ICE user fragment and a candidate port of one's own. */
  static String chromiumLike(String ufrag, int port) {
    return """
    v=0
    o=- 4611731400430051336 2 IN IP4 127.0.0.1
    s=-
    t=0 0
    a=group:BUNDLE 0 1
    a=extmap-allow-mixed
    a=msid-semantic: WMS
    m=video 9 UDP/TLS/RTP/SAVPF 96 97
    c=IN IP4 0.0.0.0
    a=rtcp:9 IN IP4 0.0.0.0
    a=ice-ufrag:%1$s
    a=ice-pwd:asd88fgpdd777uzjYhagZg5x
    a=ice-options:trickle
    a=fingerprint:sha-256 19:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:A2
    a=setup:actpass
    a=mid:0
    a=recvonly
    a=rtcp-mux
    a=rtcp-rsize
    a=rtpmap:96 VP8/90000
    a=rtcp-fb:96 goog-remb
    a=rtcp-fb:96 ccm fir
    a=rtcp-fb:96 nack
    a=rtcp-fb:96 nack pli
    a=rtpmap:97 rtx/90000
    a=fmtp:97 apt=96
    a=candidate:1 1 udp 2113937151 127.0.0.1 %2$d typ host generation 0
    m=audio 9 UDP/TLS/RTP/SAVPF 111 0
    c=IN IP4 0.0.0.0
    a=rtcp:9 IN IP4 0.0.0.0
    a=ice-ufrag:%1$s
    a=ice-pwd:asd88fgpdd777uzjYhagZg5x
    a=ice-options:trickle
    a=fingerprint:sha-256 19:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:A2
    a=setup:actpass
    a=mid:1
    a=recvonly
    a=rtcp-mux
    a=rtpmap:111 opus/48000/2
    a=fmtp:111 minptime=10;useinbandfec=1
    a=rtpmap:0 PCMU/8000
    """
        .formatted(ufrag, port)
        .replace("\n", "\r\n");
  }
}
