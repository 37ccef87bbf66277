package org.framecast.stream.webrtc.sdp;

import java.util.List;
import java.util.regex.Pattern;

/**
 * All lines that the native library may be given: whatever a stranger writes, it is one of these,
 * in these characters.
 */
public final class LibraryText {
  private static final String MID = "[!#-'*+.0-9A-Z^-~-]{1,64}";
  private static final String ADDRESS =
      "(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){7})";
  private static final Pattern CANDIDATE =
      Pattern.compile(
          "candidate:[A-Za-z0-9+/]{1,32} 1 UDP \\d{1,10} "
              + ADDRESS
              + " \\d{1,5} typ (?:host|(?:srflx|prflx|relay) raddr (?:0\\.0\\.0\\.0|::) rport 0)");
  private static final Pattern LINE =
      Pattern.compile(
          String.join(
              "|",
              List.of(
                  "v=0",
                  "o=framecast 1 1 IN IP4 127\\.0\\.0\\.1",
                  "s=-",
                  "t=0 0",
                  "a=group:BUNDLE(?: " + MID + "){1,2}",
                  "m=(?:audio|video) 9 (?:UDP/TLS/)?RTP/SAVPF? \\d{1,3}",
                  "c=IN IP4 0\\.0\\.0\\.0",
                  "a=mid:" + MID,
                  "a=(?:recvonly|sendonly|rtcp-mux)",
                  "a=ice-ufrag:[A-Za-z0-9+/]{4,256}",
                  "a=ice-pwd:[A-Za-z0-9+/]{22,256}",
                  "a=fingerprint:sha-(?:256|384|512) [0-9A-F]{2}(?::[0-9A-F]{2}){31,63}",
                  "a=setup:(?:active|passive)",
                  "a=rtpmap:\\d{1,3} (?:(?:VP8|VP9|H264|AV1)/90000|opus/48000/2)",
                  "a=fmtp:\\d{1,3} minptime=10;sprop-stereo=1;useinbandfec=1",
                  "a=fmtp:\\d{1,3}"
                      + " (?:(?:level-asymmetry-allowed|packetization-mode|profile-level-id)"
                      + "=[0-9A-Fa-f]{1,6};?)+",
                  "a=ssrc:\\d{1,10} cname:publisher",
                  "a=" + CANDIDATE.pattern())));

  private LibraryText() {}

  /** Lines of an offer that do not belong there; empty when all do. */
  public static List<String> strangeLines(String offer) {
    return List.of(offer.split("\r\n")).stream()
        .filter(line -> !LINE.matcher(line).matches())
        .toList();
  }

  /** Whether a candidate that is handed over by itself is one. */
  public static boolean isCandidate(String candidate) {
    return CANDIDATE.matcher(candidate).matches();
  }
}
