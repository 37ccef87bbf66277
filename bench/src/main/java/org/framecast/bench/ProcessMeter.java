package org.framecast.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What another process uses: its CPU clock, memory, threads and descriptors.
 *
 * <p>The CPU clock is the kernel's own of that process, in nanoseconds: {@code utime + stime} of
 * its threads, also of those that have ended. {@code /proc/PID/stat} counts the same in ticks of 10
 * ms, which is too coarse for a few viewers.
 *
 * <p><b>Source:</b> clock_getcpuclockid(3): the clock's number is made from the process's.
 */
final class ProcessMeter {
  private static final int SCHEDULER_CLOCK = 2;
  private static final MethodHandle CLOCK_GETTIME =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("clock_gettime"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

  private final long pid;

  ProcessMeter(long pid) {
    this.pid = pid;
  }

  long pid() {
    return pid;
  }

  /** CPU time so far. */
  long cpuNanos() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(ValueLayout.JAVA_LONG, 2);
      int clock = (int) (~pid << 3) | SCHEDULER_CLOCK;
      if ((int) CLOCK_GETTIME.invokeExact(clock, time) != 0) {
        throw new IllegalStateException("process " + pid + " is gone");
      }
      return time.getAtIndex(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L
          + time.getAtIndex(ValueLayout.JAVA_LONG, 1);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Memory of the process that is in RAM. */
  long rssBytes() {
    return status("VmRSS") * 1024;
  }

  int threads() {
    return (int) status("Threads");
  }

  /** Open file descriptors. */
  int descriptors() {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return (int) all.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Datagrams that the whole machine has dropped because nobody read them in time: with as many
   * viewers on the same cores, most likely the load client's.
   */
  static long udpOverflows() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/net/snmp"))) {
      return lines
          .filter(line -> line.startsWith("Udp: ") && Character.isDigit(line.charAt(5)))
          .mapToLong(line -> Long.parseLong(line.split(" ")[5]))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long status(String key) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith(key + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
