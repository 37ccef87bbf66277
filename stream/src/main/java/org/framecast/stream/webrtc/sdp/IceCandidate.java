package org.framecast.stream.webrtc.sdp;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An address where a peer can perhaps be reached by UDP.
 *
 * @param address printed again from its bytes, so never a name
 *     <p><b>Source:</b> RFC 8839 §5.1.
 */
public record IceCandidate(
    String foundation, int component, long priority, String address, int port, Type type) {
  private static final String NAME = "candidate:";

  /** How the address was learned. */
  public enum Type {
    HOST,
    SRFLX,
    PRFLX,
    RELAY;

    String sdpName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads what follows {@code candidate:}. Empty when it is well-formed and of no use here: another
   * transport or component, a host name, an address that belongs to no single host.
   */
  static Optional<IceCandidate> parse(String value) {
    // MediaMTX's client puts the whole attribute, name included, behind the attribute's name.
    String once = value.startsWith(NAME) ? value.substring(NAME.length()) : value;
    List<String> words = SdpText.words(once);
    if (words.size() < 8 || !words.get(6).equals("typ")) {
      throw new MalformedSdpException("candidate");
    }
    String foundation = SdpText.iceCharacters(words.get(0), 1, 32, "candidate foundation");
    int component = SdpText.integer(words.get(1), 1, 256, "candidate component");
    String transport = SdpText.token(words.get(2), 16, "candidate transport");
    long priority = SdpText.number(words.get(3), 0, 0xffff_ffffL, "candidate priority");
    int port = SdpText.integer(words.get(5), 0, 65_535, "candidate port");
    Optional<Type> type = type(SdpText.token(words.get(7), 16, "candidate type"));
    Optional<String> address = literal(words.get(4));
    if (component != 1
        || !transport.equalsIgnoreCase("udp")
        || port == 0
        || type.isEmpty()
        || address.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new IceCandidate(foundation, component, priority, address.get(), port, type.get()));
  }

  private static Optional<Type> type(String name) {
    for (Type type : Type.values()) {
      if (type.sdpName().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** An address of one host, printed again; empty for a name: it would cost a look-up. */
  private static Optional<String> literal(String text) {
    boolean v6 = text.indexOf(':') >= 0;
    if (text.length() > 45 || !(v6 ? isHexAndColons(text) : isDottedQuad(text))) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      boolean broadcast = !v6 && text.equals("255.255.255.255");
      if (address.isAnyLocalAddress() || address.isMulticastAddress() || broadcast) {
        return Optional.empty();
      }
      return Optional.of(address.getHostAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isDottedQuad(String text) {
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return dots == 3;
  }

  private static boolean isHexAndColons(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
        return false;
      }
    }
    return true;
  }

  /** The attribute, from {@code candidate:} on. */
  public String sdp() {
    // The base of a learned address is nobody's business.
    String any = address.indexOf(':') >= 0 ? "::" : "0.0.0.0";
    String related = type == Type.HOST ? "" : " raddr " + any + " rport 0";
    return "candidate:%s %d UDP %d %s %d typ %s%s"
        .formatted(foundation, component, priority, address, port, type.sdpName(), related);
  }
}
