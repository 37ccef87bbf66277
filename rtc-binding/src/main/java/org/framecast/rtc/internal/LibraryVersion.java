package org.framecast.rtc.internal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of libdatachannel. The binding knows the structures of one minor version, and the
 * patches before {@link #OLDEST} have memory-safety faults.
 */
record LibraryVersion(int major, int minor, int patch) {
  static final LibraryVersion OLDEST = new LibraryVersion(0, 24, 6);

  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");
  private static final Pattern FILE_NAME = Pattern.compile(".*\\.so\\.(\\d+\\.\\d+\\.\\d+)");

  static Optional<LibraryVersion> parse(String text) {
    Matcher numbers = NUMBERS.matcher(text);
    return numbers.matches()
        ? Optional.of(
            new LibraryVersion(
                Integer.parseInt(numbers.group(1)),
                Integer.parseInt(numbers.group(2)),
                Integer.parseInt(numbers.group(3))))
        : Optional.empty();
  }

  /** From a real file name such as {@code libdatachannel.so.0.24.6}. */
  static Optional<LibraryVersion> ofFileName(Path file) {
    Matcher name = FILE_NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches() ? parse(name.group(1)) : Optional.empty();
  }

  boolean isUsable() {
    return major == OLDEST.major && minor == OLDEST.minor && patch >= OLDEST.patch;
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
