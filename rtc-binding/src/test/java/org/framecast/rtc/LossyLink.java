package org.framecast.rtc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A network between two peers that loses one RTP packet, once. */
final class LossyLink implements AutoCloseable {
  private static final Pattern CANDIDATE =
      Pattern.compile("(a=candidate:\\S+ 1 UDP \\d+ 127\\.0\\.0\\.1 )(\\d+)( typ host)");
  private static final int MAX_DATAGRAM_BYTES = 2_048;

  private final DatagramSocket towardsOfferer = socket();
  private final DatagramSocket towardsAnswerer = socket();
  private final AtomicInteger offererPort = new AtomicInteger();
  private final AtomicInteger answererPort = new AtomicInteger();
  private final int lostSequence;
  private final AtomicInteger lost = new AtomicInteger();

  LossyLink(int lostSequence) {
    this.lostSequence = lostSequence;
    forward(towardsOfferer, towardsAnswerer, answererPort);
    forward(towardsAnswerer, towardsOfferer, offererPort);
  }

  /** The offer as the answerer gets it: the offerer seems to be on the link. */
  String throughLink(String offer) {
    return rewritten(offer, offererPort, towardsAnswerer);
  }

  String answerThroughLink(String answer) {
    return rewritten(answer, answererPort, towardsOfferer);
  }

  int lostPackets() {
    return lost.get();
  }

  @Override
  public void close() {
    towardsOfferer.close();
    towardsAnswerer.close();
  }

  private static String rewritten(String sdp, AtomicInteger port, DatagramSocket link) {
    Matcher candidate = CANDIDATE.matcher(sdp);
    if (!candidate.find()) {
      throw new AssertionError("no candidate in " + sdp);
    }
    port.set(Integer.parseInt(candidate.group(2)));
    return candidate.replaceAll("$1" + link.getLocalPort() + "$3");
  }

  private void forward(DatagramSocket from, DatagramSocket through, AtomicInteger toPort) {
    WithLibrary.thread(
            () -> {
              DatagramPacket datagram =
                  new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
              while (!from.isClosed()) {
                try {
                  datagram.setLength(MAX_DATAGRAM_BYTES);
                  from.receive(datagram);
                  // A side that is not known yet answers nobody.
                  if (toPort.get() != 0 && !isLost(datagram)) {
                    datagram.setSocketAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), toPort.get()));
                    through.send(datagram);
                  }
                } catch (IOException e) {
                  return;
                }
              }
            })
        .start();
  }

  private boolean isLost(DatagramPacket datagram) {
    MemorySegment packet =
        MemorySegment.ofArray(datagram.getData()).asSlice(0, datagram.getLength());
    boolean rtp =
        (datagram.getData()[0] & 0xC0) == 0x80
            && datagram.getLength() > Packets.HEADER_BYTES
            && !RtcpPackets.isRtcp(packet);
    return rtp && Packets.sequence(packet) == lostSequence && lost.getAndIncrement() == 0;
  }

  private static DatagramSocket socket() {
    try {
      return new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
