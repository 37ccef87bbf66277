package org.framecast.stream.webrtc.sdp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The hash of a DTLS certificate.
 *
 * @param digest upper-case hexadecimal octets, joined by colons
 *     <p><b>Source:</b> RFC 8122 §5.
 */
public record Fingerprint(Hash hash, String digest) {
  /** The hashes that are strong enough. */
  public enum Hash {
    SHA_256("sha-256", 32),
    SHA_384("sha-384", 48),
    SHA_512("sha-512", 64);

    private final String sdpName;
    private final int bytes;

    Hash(String sdpName, int bytes) {
      this.sdpName = sdpName;
      this.bytes = bytes;
    }

    public String sdpName() {
      return sdpName;
    }
  }

  /** Empty for a hash that is not used here. */
  static Optional<Fingerprint> parse(String value) {
    List<String> words = SdpText.words(value);
    if (words.size() != 2) {
      throw new MalformedSdpException("fingerprint");
    }
    String digest = words.get(1).toUpperCase(Locale.ROOT);
    checkOctets(digest);
    for (Hash hash : Hash.values()) {
      if (hash.sdpName.equalsIgnoreCase(words.get(0))) {
        if (digest.length() != hash.bytes * 3 - 1) {
          throw new MalformedSdpException("length of the fingerprint");
        }
        return Optional.of(new Fingerprint(hash, digest));
      }
    }
    return Optional.empty();
  }

  private static void checkOctets(String digest) {
    if (digest.length() % 3 != 2) {
      throw new MalformedSdpException("fingerprint");
    }
    for (int i = 0; i < digest.length(); i++) {
      char c = digest.charAt(i);
      boolean fits = i % 3 == 2 ? c == ':' : (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
      if (!fits) {
        throw new MalformedSdpException("fingerprint");
      }
    }
  }

  /** The value of {@code a=fingerprint:}. */
  public String sdp() {
    return hash.sdpName + " " + digest;
  }
}
