package org.framecast.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Breaks seeds on the level of bits and bytes, of words and lines, and across two of them. */
public final class Mutator {
  private static final int MAX_BYTES = 1 << 16;
  private static final long[] EDGES = {
    0,
    1,
    -1,
    127,
    128,
    255,
    256,
    32_767,
    32_768,
    65_535,
    65_536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffff_ffffL,
    0x1_0000_0000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final Random random;
  private final List<byte[]> seeds;
  private final List<byte[]> words;

  /**
   * @param words of the grammar; empty for binary input
   */
  public Mutator(long seed, List<byte[]> seeds, List<String> words) {
    this.random = new Random(seed);
    this.seeds = seeds;
    this.words = words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** The next input. */
  public byte[] next() {
    byte[] input = any(seeds).clone();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      input = words.isEmpty() || random.nextInt(4) == 0 ? bytes(input) : text(input);
      if (input.length > MAX_BYTES) {
        input = Arrays.copyOf(input, MAX_BYTES);
      }
    }
    return input;
  }

  private byte[] bytes(byte[] input) {
    if (input.length == 0) {
      return any(seeds).clone();
    }
    int at = random.nextInt(input.length);
    int length = Math.min(1 + random.nextInt(32), input.length - at);
    return switch (random.nextInt(8)) {
      case 0 -> with(input, at, (byte) (input[at] ^ 1 << random.nextInt(8)));
      case 1 -> with(input, at, (byte) random.nextInt(256));
      case 2 -> Arrays.copyOf(input, at);
      case 3 -> splice(input, at, at + length, new byte[0]);
      case 4 -> splice(input, at, at, Arrays.copyOfRange(input, at, at + length));
      case 5 -> splice(input, at, Math.min(input.length, at + 4), edge());
      case 6 -> {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        yield splice(input, at, at + length, noise);
      }
      default -> {
        byte[] other = any(seeds);
        yield splice(
            input,
            at,
            input.length,
            Arrays.copyOfRange(other, random.nextInt(other.length), other.length));
      }
    };
  }

  private static byte[] with(byte[] input, int at, byte value) {
    input[at] = value;
    return input;
  }

  private byte[] edge() {
    long value = EDGES[random.nextInt(EDGES.length)];
    byte[] bytes = new byte[1 << random.nextInt(3)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (value >> 8 * (bytes.length - 1 - i));
    }
    return bytes;
  }

  private byte[] text(byte[] input) {
    List<byte[]> lines = lines(input);
    int at = random.nextInt(lines.size());
    switch (random.nextInt(8)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(random.nextInt(lines.size() + 1), lines.get(at));
      case 2 -> lines.add(random.nextInt(lines.size()), lines.remove(at));
      case 3 -> {
        List<byte[]> other = lines(any(seeds));
        lines.add(at, other.get(random.nextInt(other.size())));
      }
      case 4 -> lines.set(at, number(lines.get(at)));
      case 5 -> lines.set(at, word(lines.get(at)));
      case 6 -> {
        byte[] line = lines.get(at);
        for (int i = random.nextInt(200); i > 0; i--) {
          lines.add(line);
        }
      }
      default -> lines.add(at, any(words));
    }
    return joined(lines);
  }

  /** The line with one of its numbers at a limit. */
  private byte[] number(byte[] line) {
    int first = 0;
    while (first < line.length
        && (line[first] < '0' || line[first] > '9' || random.nextInt(3) == 0)) {
      first++;
    }
    int last = first;
    while (last < line.length && line[last] >= '0' && line[last] <= '9') {
      last++;
    }
    String text =
        random.nextInt(8) == 0
            ? "9".repeat(random.nextInt(400))
            : Long.toString(EDGES[random.nextInt(EDGES.length)]);
    return splice(line, first, last, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The line with one of its words replaced by one of the grammar. */
  private byte[] word(byte[] line) {
    if (line.length == 0) {
      return any(words);
    }
    int first = random.nextInt(line.length);
    int last = first;
    while (last < line.length && line[last] > ' ' && line[last] != ':' && line[last] != '/') {
      last++;
    }
    return splice(line, first, last, any(words));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static byte[] splice(byte[] input, int from, int to, byte[] middle) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(input.length + middle.length);
    out.write(input, 0, from);
    out.writeBytes(middle);
    out.write(input, to, input.length - to);
    return out.toByteArray();
  }

  private static List<byte[]> lines(byte[] input) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < input.length; i++) {
      if (input[i] == '\n') {
        lines.add(Arrays.copyOfRange(input, start, i + 1));
        start = i + 1;
      }
    }
    if (start < input.length || lines.isEmpty()) {
      lines.add(Arrays.copyOfRange(input, start, input.length));
    }
    return lines;
  }

  private static byte[] joined(List<byte[]> lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      if (out.size() > MAX_BYTES) {
        break;
      }
      out.writeBytes(line);
    }
    return out.toByteArray();
  }
}
