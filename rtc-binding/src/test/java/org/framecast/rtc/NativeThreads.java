package org.framecast.rtc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.framecast.rtc.internal.CallbackTable;

/** The threads of this process, as the kernel and as Java see them. */
final class NativeThreads {
  private NativeThreads() {}

  static int count() {
    return tasks().size();
  }

  /** Threads that the library named. */
  static List<String> names() {
    return tasks().stream().map(NativeThreads::name).filter(it -> it.startsWith("RTC ")).toList();
  }

  /** Native threads that are Java threads too, because they called back. */
  static long attached() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().startsWith(CallbackTable.THREAD_NAME_PREFIX))
        .count();
  }

  private static List<Path> tasks() {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      return "";
    }
  }
}
