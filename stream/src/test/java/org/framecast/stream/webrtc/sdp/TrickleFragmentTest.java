package org.framecast.stream.webrtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrickleFragmentTest {
  private static final IceCredentials OWN = new IceCredentials("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1");
  private static final IceCredentials OTHER = new IceCredentials("oThR", "0123456789012345678901");
  private static final OfferedIce OFFERED = new OfferedIce(OWN, Set.of(OWN));
  private static final String FRAGMENT =
      """
      a=group:BUNDLE 0 1
      a=ice-ufrag:EsAw
      a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
      m=audio 9 RTP/AVP 0
      a=mid:0
      a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw network-id 1
      a=candidate:3471623853 1 udp 2122194687 198.51.100.2 61765 typ host generation 0
      a=candidate:473322822 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active
      a=candidate:1 1 udp 2122194687 abc.local 61765 typ host
      a=candidate:1 1 udp 2122194687 2001:db8::1 61765 typ relay raddr :: rport 0
      a=end-of-candidates
      """;

  private static final String SECTION =
      """
      m=video 9 UDP/TLS/RTP/SAVPF 0
      a=mid:1
      a=ice-ufrag:oThR
      a=ice-pwd:0123456789012345678901
      """;

  @Test
  void keepsWhatCanBeUsed() {
    TrickleFragment fragment = parsed(FRAGMENT);
    assertEquals(3, fragment.candidates(OFFERED).size());
    assertEquals(
        "candidate:1387637174 1 UDP 2122260223 192.0.2.1 61764 typ host",
        fragment.candidates(OFFERED).get(0).sdp());
    assertEquals(
        "candidate:1 1 UDP 2122194687 2001:db8:0:0:0:0:0:1 61765 typ relay raddr :: rport 0",
        fragment.candidates(OFFERED).get(2).sdp());
    assertEquals(fragment, parsed(FRAGMENT.replace("\n", "\r\n")));
  }

  @Test
  void takesACandidateThatNamesItsAttributeTwice() {
    TrickleFragment fragment =
        parsed(
            "a=mid:0\r\na=ice-ufrag:wLAa\r\na=ice-pwd:kaoqjDtcXoLmAyUMbawgDt\r\n"
                + "a=candidate:candidate:2878742611 1 udp 2130706431 192.0.2.7 57646 typ host"
                + " ufrag wLAa\r\n");
    assertEquals(
        "candidate:2878742611 1 UDP 2130706431 192.0.2.7 57646 typ host",
        fragment.parts().getFirst().candidates().getFirst().sdp());
  }

  @Test
  void tellsARestartByTheCredentials() {
    assertFalse(parsed(FRAGMENT).restarts(OFFERED));
    assertTrue(parsed(FRAGMENT.replace("EsAw", "EsAx")).restarts(OFFERED));
    assertFalse(parsed("a=end-of-candidates\n").restarts(OFFERED));
  }

  @Test
  void tellsARestartByTheCredentialsOfAnySection() {
    assertTrue(parsed(FRAGMENT + SECTION).restarts(OFFERED));
    assertTrue(parsed(FRAGMENT + SECTION + SECTION.replace("oThR", "EsAw")).restarts(OFFERED));
    String inSections =
        FRAGMENT.replaceFirst("(a=ice-ufrag:.*\n)(a=ice-pwd:.*\n)(m=.*\n)", "$3$1$2");
    assertFalse(parsed(inSections).restarts(OFFERED));
    assertTrue(parsed(inSections + SECTION).restarts(OFFERED));
  }

  @Test
  void leavesOutTheCandidatesOfSectionsThatTheOfferGaveAnotherTransport() {
    TrickleFragment fragment =
        parsed(FRAGMENT + SECTION + "a=candidate:7 1 udp 1 192.0.2.77 9 typ host\n");
    OfferedIce separate = new OfferedIce(OWN, Set.of(OWN, OTHER));
    assertFalse(fragment.restarts(separate));
    assertEquals(parsed(FRAGMENT).candidates(OFFERED), fragment.candidates(separate));
    assertEquals(1, fragment.candidates(new OfferedIce(OTHER, Set.of(OWN, OTHER))).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "v=0\r\n",
        "a=candidate:oops\r\n",
        "a=ice-ufrag:EsAw\r\n",
        "a=candidate:1 1 udp x 192.0.2.1 9 typ host\r\n",
        "m=audio\r\n"
      })
  void refusesOtherTexts(String text) {
    assertInstanceOf(TrickleFragment.Result.Malformed.class, TrickleFragment.read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "ff02::1",
        "255.255.255.255",
        "localhost",
        "1.2.3",
        "1.2.3.256",
        "0x7f.0.0.1",
        "fe80::1%eth0",
        "2001:db8::g",
        "evil.example"
      })
  void dropsAddressesThatAreNoHosts(String address) {
    String line = "a=candidate:1 1 udp 1 " + address + " 9 typ host\r\n";
    assertEquals(0, parsed(line).candidates(OFFERED).size());
  }

  private static TrickleFragment parsed(String text) {
    return assertInstanceOf(TrickleFragment.Result.Parsed.class, TrickleFragment.read(text))
        .fragment();
  }
}
