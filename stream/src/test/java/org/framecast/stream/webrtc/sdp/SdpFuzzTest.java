package org.framecast.stream.webrtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.framecast.stream.media.Codec;
import org.framecast.stream.transport.TrackSpec;
import org.junit.jupiter.api.Test;

/** Broken offers in great number, from a fixed seed: each gets a result, and soon. */
class SdpFuzzTest {
  private static final int ROUNDS = 3_000;
  private static final long LIMIT_NANOS = 100_000_000L;
  private static final ThreadMXBean WORK = ManagementFactory.getThreadMXBean();
  private static final String MARKS = "\r\n =:/.;*+-_0123456789aAzZ\u0000\u007f\u00e9\ud83d\ude00";

  private final RandomGenerator random = new Random(20_261_121);

  @Test
  void everyBrokenOfferGetsAResultInTime() {
    List<String> seeds =
        List.of(
            Offers.chromium(), Offers.firefox(), sent(Offers.chromium()), sent(Offers.firefox()));
    // The first reading compiles and loads.
    seeds.forEach(SdpFuzzTest::read);
    int usable = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String text = mutate(seeds.get(i % seeds.size()), 1 + random.nextInt(8));
      if (readInTime(text) instanceof OfferResult.Usable found) {
        usable++;
        checkOutput(found.offer(), text);
      }
    }
    assertTrue(usable > ROUNDS / 10, "too few of the mutants are offers: " + usable);
    assertTrue(usable < ROUNDS, "the mutations do nothing");
  }

  /** The offer of one who sends. */
  private static String sent(String offer) {
    return offer
        .replaceFirst("a=recvonly", "a=sendonly\r\na=ssrc:1001 cname:x")
        .replaceFirst("a=recvonly", "a=sendonly\r\na=ssrc:1002 cname:x");
  }

  private static OfferResult read(String text) {
    return text.contains("a=sendonly")
        ? OfferReader.readPublisher(text, EnumSet.allOf(Codec.class))
        : OfferReader.read(text, Offers.FOUR_CODECS);
  }

  private static OfferResult readInTime(String text) {
    // A pause of the machine is not the parser's: the thread's own time, the best of three counts.
    long best = Long.MAX_VALUE;
    OfferResult result = null;
    for (int attempt = 0; attempt < 3 && best > LIMIT_NANOS; attempt++) {
      long start = WORK.getCurrentThreadCpuTime();
      try {
        result = read(text);
        checkFragment(text);
      } catch (RuntimeException e) {
        fail("an exception for:\n" + text, e);
      }
      best = Math.min(best, WORK.getCurrentThreadCpuTime() - start);
    }
    assertTrue(best < LIMIT_NANOS, best / 1_000_000 + " ms for:\n" + text);
    return Objects.requireNonNull(result);
  }

  private static void checkFragment(String text) {
    String lines =
        text.lines()
            .filter(line -> line.startsWith("a=") || line.startsWith("m="))
            .map(line -> line + "\r\n")
            .collect(Collectors.joining());
    if (TrickleFragment.read(lines) instanceof TrickleFragment.Result.Parsed(var fragment)) {
      for (TrickleFragment.Part part : fragment.parts()) {
        for (IceCandidate candidate : part.candidates()) {
          assertTrue(LibraryText.isCandidate(candidate.sdp()), candidate.sdp());
        }
      }
    }
  }

  /** What is built from a mutant is plain, and parses; and the library's share is known to us. */
  private static void checkOutput(Offer offer, String text) {
    List<TrackSpec> tracks = new ArrayList<>();
    offer
        .accepted()
        .forEach(
            s ->
                tracks.add(
                    new TrackSpec(
                        s.mid(), s.kind(), s.format().codec(), s.payloadType(), 1, "c", "s", "t")));
    assertEquals(List.of(), LibraryText.strangeLines(SdpWriter.libraryOffer(offer)), () -> text);
    for (String built :
        List.of(SdpWriter.libraryOffer(offer), SdpWriter.answer(offer, Offers.LOCAL, tracks, 1))) {
      for (String line : built.split("\r\n", -1)) {
        assertTrue(line.isEmpty() || line.matches("[acmostv]=[ -~]+"), () -> line + "\n" + text);
      }
      SdpParser.parse(built);
    }
  }

  private String mutate(String seed, int times) {
    StringBuilder text = new StringBuilder(seed);
    for (int i = 0; i < times; i++) {
      int at = random.nextInt(text.length());
      int length = Math.min(1 + random.nextInt(40), text.length() - at);
      switch (random.nextInt(7)) {
        case 0 -> text.delete(at, at + length);
        case 1 -> text.insert(at, text.substring(at, at + length));
        case 2 -> text.setCharAt(at, MARKS.charAt(random.nextInt(MARKS.length())));
        case 3 -> text.insert(at, MARKS.charAt(random.nextInt(MARKS.length())));
        case 4 -> text.insert(at, Long.toString(random.nextLong()));
        case 5 -> moveLine(text);
        default -> text.insert(at, "a=candidate:".repeat(1 + random.nextInt(200)));
      }
    }
    return text.toString();
  }

  private void moveLine(StringBuilder text) {
    List<String> lines = new ArrayList<>(List.of(text.toString().split("\r\n")));
    String line = lines.remove(random.nextInt(lines.size()));
    lines.add(random.nextInt(lines.size() + 1), line);
    text.setLength(0);
    lines.forEach(kept -> text.append(kept).append("\r\n"));
  }
}
