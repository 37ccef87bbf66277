package org.framecast.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server's process holds, by the JDK's own {@code jcmd}: the objects that are left after a
 * collection, the memory that is in use outside the Java heap, the threads.
 */
final class ServerMemory {
  private final long pid;

  ServerMemory(long pid) {
    this.pid = pid;
  }

  /** Of the server that the tests share, which is a child of this process. */
  static ServerMemory ofServer() {
    return new ServerMemory(
        ProcessHandle.current()
            .descendants()
            .filter(child -> isTheShared(commandLine(child)))
            .findFirst()
            .orElseThrow(() -> new AssertionError("the server is no process of this test"))
            .pid());
  }

  /** A test of its own server may run beside. */
  private static boolean isTheShared(String commandLine) {
    return commandLine.contains("org.jboss.as.standalone")
        && commandLine.contains("port-offset=" + Product.portOffset() + "\0");
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

  /** Whether a thread of that name runs. */
  boolean isRunning(String thread) {
    return jcmd("Thread.print").contains("\"" + thread + "\"");
  }

  /**
   * Bytes that the C library has given out and not got back: those of every native library, and
   * what the JVM has from it for itself. Exact, whatever the kernel still counts as resident.
   */
  long allocatedBytes() {
    String info = jcmd("System.native_heap_info");
    int totals = info.lastIndexOf("</heap>");
    if (totals < 0) {
      throw new AssertionError("the C library says nothing of its memory: " + info);
    }
    String all = info.substring(totals);
    return bytes(all, "system type=\"current\"")
        + bytes(all, "total type=\"mmap\"")
        - bytes(all, "total type=\"fast\"")
        - bytes(all, "total type=\"rest\"");
  }

  private static long bytes(String info, String element) {
    Matcher size =
        Pattern.compile("<" + element + "(?: count=\"\\d+\")? size=\"(\\d+)\"").matcher(info);
    if (!size.find()) {
      throw new AssertionError(element + " is not in " + info);
    }
    return Long.parseLong(size.group(1));
  }

  private String jcmd(String command) {
    Path jcmd = Path.of(System.getProperty("framecast.test.java-home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
              .redirectErrorStream(true)
              .start();
      String printed = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
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
