package org.framecast.stream.sink;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.framecast.stream.flow.OptionException;

/** Names with a number in them: {@code shot-%06d.png}. */
record ImagePattern(Path folder, String before, String number, String after) {
  private static final Pattern NUMBER = Pattern.compile("([^%]*)%(0[1-9])?d([^%]*)");

  /** Reads the last name of the path; its folder may not have a percent sign. */
  static ImagePattern parse(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    Path name = path.getFileName();
    Matcher parts = NUMBER.matcher(name == null ? "" : name.toString());
    if (folder == null || !parts.matches()) {
      throw new OptionException("path", "must have one %d or %06d in the file's name");
    }
    String digits = parts.group(2) == null ? "" : parts.group(2);
    return new ImagePattern(folder, parts.group(1), "%" + digits + "d", parts.group(3));
  }

  Path file(long count) {
    return folder.resolve(before + String.format(Locale.ROOT, number, count) + after);
  }
}
