package org.framecast.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Seeds and words of offers and fragments. */
final class SdpWords {
  static final List<String> LINES =
      List.of(
          "a=candidate:1 1 udp 2113937151 192.0.2.7 50000 typ host\r\n",
          "a=candidate:2 1 UDP 1 2001:db8::7 9 typ srflx raddr :: rport 0\r\n",
          "a=candidate:3 1 tcp 1 192.0.2.7 9 typ host tcptype active\r\n",
          "a=candidate:4 1 udp 1 f00d.local 9 typ host\r\n",
          "a=group:BUNDLE 0 1 2 3\r\n",
          "a=mid:0\r\n",
          "a=sendonly\r\n",
          "a=inactive\r\n",
          "a=setup:active\r\n",
          "a=setup:holdconn\r\n",
          "a=bundle-only\r\n",
          "a=ice-ufrag:wxyz\r\n",
          "a=ice-pwd:0123456789012345678901\r\n",
          "a=fingerprint:sha-512 00\r\n",
          "a=rtpmap:127 H264/90000\r\n",
          "a=fmtp:127 profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1\r\n",
          "a=rtpmap:45 AV1/90000\r\n",
          "a=rtpmap:98 VP9/90000\r\n",
          "a=fmtp:98 profile-id=2\r\n",
          "a=rtcp-fb:* nack pli\r\n",
          "a=extmap:4/recvonly urn:ietf:params:rtp-hdrext:sdes:mid\r\n",
          "a=simulcast:recv 1;2\r\n",
          "a=ssrc:4294967295 cname:x\r\n",
          "m=video 0 UDP/TLS/RTP/SAVPF 96\r\n",
          "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n",
          "m=audio 9/2 RTP/AVP 0\r\n",
          "b=AS:99999999999\r\n",
          "t=0 0\r\n",
          "v=1\r\n",
          "\r\n",
          "\n",
          "VP8",
          "opus",
          "H264",
          "BUNDLE",
          "UDP/TLS/RTP/SAVPF",
          "224.0.0.1",
          "::ffff:127.0.0.1",
          "\u00e9",
          "\u0000",
          " ",
          ":",
          "=");

  private static final String TRANSPORT =
      """
      c=IN IP4 0.0.0.0
      a=ice-ufrag:aB3d
      a=ice-pwd:asd88fgpdd777uzjYhagZg5x
      a=ice-options:trickle
      a=fingerprint:sha-256 %s
      a=setup:actpass
      a=rtcp-mux
      """
          .formatted("AB:".repeat(31) + "CD");

  static final String VIEWER =
      """
      v=0
      o=- 4611731400430051336 2 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0 1
      m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 127 45
      %1$sa=mid:0
      a=recvonly
      a=rtcp-rsize
      a=rtpmap:96 VP8/90000
      a=rtcp-fb:96 goog-remb
      a=rtcp-fb:96 nack pli
      a=rtpmap:97 rtx/90000
      a=fmtp:97 apt=96
      a=rtpmap:98 VP9/90000
      a=fmtp:98 profile-id=0
      a=rtpmap:127 H264/90000
      a=fmtp:127 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
      a=rtpmap:45 AV1/90000
      a=candidate:1 1 udp 2113937151 127.0.0.1 50000 typ host generation 0
      m=audio 9 UDP/TLS/RTP/SAVPF 111 0
      %1$sa=mid:1
      a=recvonly
      a=rtpmap:111 opus/48000/2
      a=fmtp:111 minptime=10;useinbandfec=1
      m=application 9 UDP/DTLS/SCTP webrtc-datachannel
      %1$sa=mid:2
      a=sctp-port:5000
      """
          .formatted(TRANSPORT)
          .replace("\n", "\r\n");

  static final String PUBLISHER =
      VIEWER
          .replace("a=recvonly", "a=sendonly")
          .replace("a=mid:1\r\n", "a=mid:1\r\na=msid:s t\r\na=ssrc:77 cname:c\r\n");

  static final String FRAGMENT =
      """
      a=ice-ufrag:aB3d
      a=ice-pwd:asd88fgpdd777uzjYhagZg5x
      m=video 9 UDP/TLS/RTP/SAVPF 96
      a=mid:0
      a=candidate:1 1 udp 2113937151 127.0.0.1 50000 typ host generation 0
      a=candidate:2 1 udp 2113937150 2001:db8::1 50001 typ host
      a=end-of-candidates
      """
          .replace("\n", "\r\n");

  private SdpWords() {}

  static List<byte[]> bytes(String... texts) {
    return java.util.Arrays.stream(texts).map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
