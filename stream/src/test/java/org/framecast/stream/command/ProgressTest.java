package org.framecast.stream.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.framecast.stream.flow.DropKind;
import org.framecast.stream.pipeline.SinkStatistics;
import org.framecast.stream.pipeline.StatisticsSnapshot;
import org.framecast.stream.pipeline.StreamStatistics;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final String ERASE = "\r\u001b[K";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private Progress progress(Progress.Style style) {
    return new Progress(new PrintStream(written, true, StandardCharsets.UTF_8), style);
  }

  private static StreamStatistics at(long frames) {
    Map<DropKind, Long> dropped = Map.of(DropKind.ERROR, 2L, DropKind.LATE, 1L);
    return new StreamStatistics(
        new StatisticsSnapshot(25, 24.96, 0, frames + 3, frames, 0, Map.of(), dropped, List.of()),
        7,
        List.of(
            new SinkStatistics("film", SinkStatistics.State.RUNNING, frames, 4, 0),
            new SinkStatistics("stills", SinkStatistics.State.TOO_SLOW, 1, 5, 1)));
  }

  private static String line(long frames) {
    return frames
        + " frames, 25.0 fps, 7 blocks of sound, 13 dropped; film running, stills too_slow";
  }

  private void wrote(String text) {
    assertEquals(text, written.toString(StandardCharsets.UTF_8));
    written.reset();
  }

  @Test
  void whatIsDroppedAnywhereIsCountedAndEachSinkIsNamed() {
    assertEquals(line(100), Progress.line(at(100)));
    assertEquals(
        "5 frames, 24.0 fps, 0 blocks of sound, 0 dropped",
        Progress.line(
            new StreamStatistics(
                new StatisticsSnapshot(0, 24, 0, 5, 5, 0, Map.of(), Map.of(), List.of()),
                0,
                List.of())));
  }

  @Test
  void onATerminalOneLineIsWrittenOver() {
    Progress progress = progress(Progress.Style.ONE_LINE);
    progress.beat(at(1));
    wrote(ERASE + line(1));
    progress.beat(at(2));
    wrote(ERASE + line(2));
    progress.fault("it broke");
    wrote(ERASE + "error: it broke\n");
    progress.announce("no line to write over");
    wrote("no line to write over\n");
    progress.beat(at(3));
    progress.end(at(4));
    wrote(ERASE + line(3) + ERASE + line(4) + "\n");
    progress.end(at(5));
    wrote("");
    progress.remark("done");
    wrote("done\n");
  }

  @Test
  void aFileHasALineInFiveSeconds() {
    Progress progress = progress(Progress.Style.LINES);
    for (int second = 1; second < 5; second++) {
      progress.beat(at(second));
    }
    wrote("");
    progress.beat(at(5));
    wrote(line(5) + "\n");
    for (int second = 6; second <= 10; second++) {
      progress.beat(at(second));
    }
    wrote(line(10) + "\n");
    progress.end(at(11));
    progress.fault("late");
    wrote(line(11) + "\nerror: late\n");
  }

  @Test
  void whoWantsNoProgressIsToldOfFaultsAndOfWhatCannotBeFoundOutElse() {
    Progress progress = progress(Progress.Style.NONE);
    for (int second = 1; second <= 5; second++) {
      progress.beat(at(second));
    }
    progress.end(at(6));
    progress.remark("files are there");
    wrote("");
    progress.announce("http://localhost:1");
    progress.fault("it broke");
    wrote("http://localhost:1\nerror: it broke\n");
  }
}
