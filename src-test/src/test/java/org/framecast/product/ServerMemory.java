package org.framecast.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server's process holds, by the JDK's own {@code jcmd} and by the kernel's map of it: the
 * objects that are left after a collection, and the memory outside the Java heap that is left after
 * the C library has given back what is free.
 */
final class ServerMemory {
  private static final Pattern RANGE =
      Pattern.compile("\\[0x([0-9a-f]+),(?: 0x[0-9a-f]+,)? 0x([0-9a-f]+)\\)");
  private static final Pattern MAPPING = Pattern.compile("^([0-9a-f]+)-([0-9a-f]+) .*");

  private final long pid;

  private ServerMemory(long pid) {
    this.pid = pid;
  }

  /** Of the server that the tests share, which is a child of this process. */
  static ServerMemory ofServer() {
    return new ServerMemory(
        ProcessHandle.current()
            .descendants()
            .filter(child -> commandLine(child).contains("org.jboss.as.standalone"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("the server is no process of this test"))
            .pid());
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    } catch (IOException e) {
      // It has ended.
      return "";
    }
  }

  /** Objects of a class that something still refers to. */
  long instances(String className) {
    Matcher row =
        Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(className) + "\\b")
            .matcher(jcmd("GC.class_histogram"));
    return row.find() ? Long.parseLong(row.group(1)) : 0;
  }

  /** Resident bytes outside the Java heap. */
  long nativeBytes() {
    jcmd("System.trim_native_heap");
    List<long[]> heap =
        RANGE
            .matcher(jcmd("GC.heap_info"))
            .results()
            .map(range -> new long[] {address(range.group(1)), address(range.group(2))})
            .toList();
    if (heap.isEmpty()) {
      throw new AssertionError("it is not said where the Java heap is");
    }
    long kilobytes = 0;
    boolean counted = false;
    for (String line : smaps()) {
      Matcher mapping = MAPPING.matcher(line);
      if (mapping.matches()) {
        long start = address(mapping.group(1));
        counted = heap.stream().noneMatch(range -> start >= range[0] && start < range[1]);
      } else if (counted && line.startsWith("Rss:")) {
        kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return kilobytes * 1_024;
  }

  private static long address(String hexadecimal) {
    return Long.parseUnsignedLong(hexadecimal, 16);
  }

  private List<String> smaps() {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/smaps"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String jcmd(String command) {
    Path jcmd = Path.of(System.getProperty("framecast.test.java-home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
              .redirectErrorStream(true)
              .start();
      String printed = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("jcmd " + command + ": " + printed);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
