package org.framecast.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A bad network between viewers and a server: it loses, delays and reorders datagrams in both
 * directions, by a seed, and lets only so much through to the viewers, all of them together. A
 * viewer is sent through it by an answer whose candidate names the relay. For each viewer's address
 * the relay has a socket of its own towards the server.
 *
 * <p>It needs the JDK alone, so that benchmarks, tests and scripts start it from its source:
 *
 * <pre>java UdpRelay.java --to 127.0.0.1:8189 --loss 0.05 --reorder 0.02 --delay 50 --rate 500000
 * </pre>
 *
 * <p>It prints {@code listening PORT}. A line {@code rate BPS} of its input sets another rate, 0
 * for any; it ends with its input, with the counts as a line of JSON.
 *
 * <p><b>Thread:</b> one, which waits for packets and for the next that is due.
 */
public final class UdpRelay {
  private static final int MAX_DATAGRAM_BYTES = 2_048;
  private static final int SOCKET_BUFFER_BYTES = 4 << 20;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** How long a reordered packet is held back: others overtake it. */
  private static final long HELD_BACK_NANOS = 25 * NANOS_PER_MILLI;

  /** What waits for its turn on the narrow way at most; more is lost, as at a full queue. */
  private static final long QUEUE_NANOS = 150 * NANOS_PER_MILLI;

  /** What happens to packets, each way. */
  record Faults(double loss, double reorder, long delayNanos, long jitterNanos) {}

  /** One direction of all viewers: a random sequence of its own, and its counts. */
  private static final class Direction {
    private final SplittableRandom random;
    private long passed;
    private long lost;
    private long reordered;

    Direction(long seed) {
      random = new SplittableRandom(seed);
    }

    String json() {
      return "{\"passed\":%d,\"lost\":%d,\"reordered\":%d}".formatted(passed, lost, reordered);
    }
  }

  private record Held(
      long dueNanos, long number, ByteBuffer bytes, DatagramChannel by, SocketAddress to) {}

  /** The way of one viewer: its address, and the socket that the server sees. */
  private record Way(SocketAddress viewer, DatagramChannel upstream) {}

  private final Selector selector = Selector.open();
  private final DatagramChannel front = channel();
  private final SocketAddress server;
  private final Faults faults;
  private final Map<SocketAddress, Way> ways = new HashMap<>();
  private final Direction up;
  private final Direction down;
  private final PriorityQueue<Held> held =
      new PriorityQueue<>(Comparator.comparingLong(Held::dueNanos).thenComparing(Held::number));
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
  private long numbered;
  private volatile boolean stopped;
  private volatile long rateBps;
  // When the narrow way has sent all that it took.
  private long freeNanos;

  private UdpRelay(int port, SocketAddress server, Faults faults, long rateBps, long seed)
      throws IOException {
    this.server = server;
    this.faults = faults;
    this.rateBps = rateBps;
    this.up = new Direction(seed);
    this.down = new Direction(seed + 1);
    front.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    front.register(selector, SelectionKey.OP_READ);
  }

  private static DatagramChannel channel() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
    return channel;
  }

  /** Relays until the standard input ends. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> options = new HashMap<>();
    options.putAll(Map.of("--listen", "0", "--to", "", "--seed", "1", "--loss", "0"));
    options.putAll(Map.of("--reorder", "0", "--delay", "0", "--jitter", "0", "--rate", "0"));
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      if (options.replace(arguments[i], arguments[i + 1]) == null) {
        throw new IllegalArgumentException("unknown option " + arguments[i]);
      }
    }
    String[] to = Objects.requireNonNull(options.get("--to")).split(":", 2);
    UdpRelay relay =
        new UdpRelay(
            Integer.parseInt(options.get("--listen")),
            new InetSocketAddress(to[0], Integer.parseInt(to[1])),
            new Faults(
                Double.parseDouble(options.get("--loss")),
                Double.parseDouble(options.get("--reorder")),
                Math.round(Double.parseDouble(options.get("--delay")) * NANOS_PER_MILLI),
                Math.round(Double.parseDouble(options.get("--jitter")) * NANOS_PER_MILLI)),
            Long.parseLong(options.get("--rate")),
            Long.parseLong(options.get("--seed")));
    Thread.ofPlatform().daemon().start(relay::obeyInput);
    System.out.println(
        "listening " + ((InetSocketAddress) relay.front.getLocalAddress()).getPort());
    relay.run();
    System.out.printf(
        Locale.ROOT,
        "{\"event\":\"relayed\",\"viewers\":%d,\"to_server\":%s,\"to_viewers\":%s}%n",
        relay.ways.size(),
        relay.up.json(),
        relay.down.json());
  }

  private void obeyInput() {
    try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        String[] words = line.split(" ");
        if (words.length == 2 && words[0].equals("rate")) {
          rateBps = Long.parseLong(words[1]);
        }
      }
    } catch (IOException | NumberFormatException e) {
      // As its end.
    }
    stopped = true;
    selector.wakeup();
  }

  private void run() throws IOException {
    while (!stopped) {
      long waitNanos = held.isEmpty() ? Long.MAX_VALUE : held.peek().dueNanos - System.nanoTime();
      if (waitNanos > NANOS_PER_MILLI) {
        selector.select(waitNanos == Long.MAX_VALUE ? 0 : waitNanos / NANOS_PER_MILLI);
      } else {
        selector.selectNow();
      }
      for (SelectionKey key : selector.selectedKeys()) {
        receive(key);
      }
      selector.selectedKeys().clear();
      release();
    }
  }

  private void receive(SelectionKey key) throws IOException {
    DatagramChannel from = (DatagramChannel) key.channel();
    for (SocketAddress source = next(from); source != null; source = next(from)) {
      if (key.attachment() instanceof Way way) {
        take(down, front, way.viewer());
      } else {
        Way way = ways.get(source);
        if (way == null) {
          way = open(source);
        }
        take(up, way.upstream(), server);
      }
    }
  }

  private SocketAddress next(DatagramChannel from) throws IOException {
    buffer.clear();
    return from.receive(buffer);
  }

  private Way open(SocketAddress viewer) throws IOException {
    DatagramChannel upstream = channel();
    upstream.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Way way = new Way(viewer, upstream);
    upstream.register(selector, SelectionKey.OP_READ, way);
    ways.put(viewer, way);
    return way;
  }

  /** Decides what happens to the datagram in the buffer. Each takes three random numbers. */
  private void take(Direction direction, DatagramChannel by, SocketAddress to) {
    double loss = direction.random.nextDouble();
    double reorder = direction.random.nextDouble();
    double jitter = direction.random.nextDouble();
    long now = System.nanoTime();
    long waitNanos = direction == down ? queue(now, buffer.position()) : 0;
    if (loss < faults.loss() || waitNanos < 0) {
      direction.lost++;
      return;
    }
    direction.passed++;
    long dueNanos = now + waitNanos + faults.delayNanos() + (long) (jitter * faults.jitterNanos());
    if (reorder < faults.reorder()) {
      direction.reordered++;
      dueNanos += HELD_BACK_NANOS;
    }
    buffer.flip();
    ByteBuffer copy = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
    held.add(new Held(dueNanos, numbered++, copy, by, to));
  }

  /** So long such a datagram waits for its turn and takes to be sent; -1 when the queue is full. */
  private long queue(long now, int sizeBytes) {
    long rate = rateBps;
    if (rate == 0) {
      return 0;
    }
    long begin = freeNanos - now > 0 ? freeNanos : now;
    if (begin - now > QUEUE_NANOS) {
      return -1;
    }
    freeNanos = begin + sizeBytes * 8L * 1_000_000_000L / rate;
    return freeNanos - now;
  }

  private void release() throws IOException {
    long now = System.nanoTime();
    while (!held.isEmpty() && held.peek().dueNanos <= now) {
      Held packet = held.poll();
      packet.by().send(packet.bytes(), packet.to());
    }
  }
}
