package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP is there on loopback, and nowhere else. */
class LoopbackIT extends ProductTest {
  private static final int LIMIT_MILLIS = 1_000;

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready"})
  void theServerSaysHowItIs(String path) {
    Api.Answer answer = api().send(api().request(path).GET().build());
    assertEquals(200, answer.status());
    assertEquals("UP", answer.json().getString("status"));
  }

  @ParameterizedTest
  @ValueSource(ints = {8080, 8443, 9990})
  void noPortAnswersOnAnotherAddress(int port) throws IOException {
    List<InetAddress> others = otherAddresses();
    int shifted = port + Product.portOffset();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(loopback(1), shifted), LIMIT_MILLIS);
    }
    for (InetAddress other : others) {
      try (Socket socket = new Socket()) {
        InetSocketAddress address = new InetSocketAddress(other, shifted);
        assertThrows(
            IOException.class, () -> socket.connect(address, LIMIT_MILLIS), address.toString());
      }
    }
  }

  /**
   * This machine's own addresses on its networks, and another of loopback: a server that listens on
   * all addresses answers there too.
   */
  private static List<InetAddress> otherAddresses() throws SocketException, UnknownHostException {
    List<InetAddress> addresses = new ArrayList<>();
    addresses.add(loopback(77));
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .forEach(addresses::add);
    return addresses;
  }

  private static InetAddress loopback(int last) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }
}
