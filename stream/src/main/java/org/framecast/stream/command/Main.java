package org.framecast.stream.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where the program begins. */
public final class Main {
  private Main() {}

  /**
   * Runs one command and ends the process with its status.
   *
   * @param arguments as {@link FramecastCommand} describes them
   */
  public static void main(String[] arguments) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    Progress.Style style = onTerminal() ? Progress.Style.ONE_LINE : Progress.Style.LINES;
    int status = new FramecastCommand(out, err, style).run(List.of(arguments));
    out.flush();
    err.flush();
    System.exit(status);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static boolean onTerminal() {
    return System.console() != null && System.console().isTerminal();
  }
}
