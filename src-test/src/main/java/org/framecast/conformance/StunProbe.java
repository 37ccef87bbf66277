package org.framecast.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Asks the server's ICE agent for consent, as a peer with the credentials of offer and answer does.
 *
 * <p><b>Source:</b> RFC 8445 §7, RFC 8489, RFC 7675
 */
final class StunProbe {
  private static final int COOKIE = 0x2112A442;
  private static final int BINDING_REQUEST = 0x0001;
  private static final int BINDING_SUCCESS = 0x0101;
  private static final int USERNAME = 0x0006;
  private static final int MESSAGE_INTEGRITY = 0x0008;
  private static final int PRIORITY = 0x0024;
  private static final int FINGERPRINT = 0x8028;
  private static final int CONTROLLING = 0x802A;
  private static final int HEADER_BYTES = 20;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<InetSocketAddress> candidates;
  private final String user;
  private final String password;

  private StunProbe(List<InetSocketAddress> candidates, String user, String password) {
    this.candidates = candidates;
    this.user = user;
    this.password = password;
  }

  /** For the server's side of this answer. */
  static StunProbe of(Answer answer) {
    List<InetSocketAddress> addresses =
        answer.candidates().stream().flatMap(c -> address(c).stream()).toList();
    if (addresses.isEmpty()) {
      throw new Check.NotApplicable("the answer has no UDP candidate with an address");
    }
    return new StunProbe(
        addresses,
        answer.value("ice-ufrag").orElseThrow(() -> new Check.Departure("no ice-ufrag"))
            + ":"
            + Offers.UFRAG,
        answer.value("ice-pwd").orElseThrow(() -> new Check.Departure("no ice-pwd")));
  }

  private static Optional<InetSocketAddress> address(String candidate) {
    String[] words = candidate.split(" ");
    if (words.length < 8 || !words[2].equalsIgnoreCase("udp") || words[4].contains(":")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new InetSocketAddress(InetAddress.ofLiteral(words[4]), Integer.parseInt(words[5])));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether any candidate consents within so many attempts of 200 ms. */
  boolean hasConsent(int attempts) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(200);
      for (int i = 0; i < attempts; i++) {
        byte[] transaction = new byte[12];
        RANDOM.nextBytes(transaction);
        byte[] request = request(transaction);
        for (InetSocketAddress candidate : candidates) {
          try {
            socket.send(new DatagramPacket(request, request.length, candidate));
          } catch (IOException e) {
            // No way to this one; another may do.
            continue;
          }
        }
        if (answered(socket, transaction)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean answered(DatagramSocket socket, byte[] transaction) throws IOException {
    byte[] bytes = new byte[1500];
    DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
    try {
      while (true) {
        socket.receive(packet);
        ByteBuffer answer = ByteBuffer.wrap(bytes, 0, packet.getLength());
        if (answer.remaining() >= HEADER_BYTES
            && answer.getShort(0) == BINDING_SUCCESS
            && Arrays.equals(bytes, 8, HEADER_BYTES, transaction, 0, transaction.length)) {
          return true;
        }
      }
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private byte[] request(byte[] transaction) {
    ByteBuffer out = ByteBuffer.allocate(512);
    out.putShort((short) BINDING_REQUEST).putShort((short) 0).putInt(COOKIE).put(transaction);
    attribute(out, USERNAME, user.getBytes(StandardCharsets.UTF_8));
    attribute(out, PRIORITY, ByteBuffer.allocate(4).putInt(0x6e0001ff).array());
    attribute(out, CONTROLLING, ByteBuffer.allocate(8).putLong(RANDOM.nextLong()).array());
    // Each of the last two covers what is before it, with a length that counts itself.
    out.putShort(2, (short) (out.position() - HEADER_BYTES + 24));
    attribute(out, MESSAGE_INTEGRITY, hmac(Arrays.copyOf(out.array(), out.position())));
    out.putShort(2, (short) (out.position() - HEADER_BYTES + 8));
    CRC32 crc = new CRC32();
    crc.update(out.array(), 0, out.position());
    attribute(
        out, FINGERPRINT, ByteBuffer.allocate(4).putInt((int) crc.getValue() ^ 0x5354554e).array());
    return Arrays.copyOf(out.array(), out.position());
  }

  private byte[] hmac(byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }

  private static void attribute(ByteBuffer out, int type, byte[] value) {
    out.putShort((short) type).putShort((short) value.length).put(value);
    while (out.position() % 4 != 0) {
      out.put((byte) 0);
    }
  }
}
