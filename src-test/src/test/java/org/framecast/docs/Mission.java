package org.framecast.docs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of {@code docs/mission.md}. */
record Mission(List<Row> rows) {
  private static final Pattern ID = Pattern.compile("(S00\\d|I\\d)-(\\d+)");

  /** One promise. */
  record Row(String id, String promise, String place, String evidence, String state) {
    Row {
      if (!ID.matcher(id).matches()) {
        throw new IllegalArgumentException("no id: " + id);
      }
    }

    String group() {
      return id.substring(0, id.indexOf('-'));
    }

    int number() {
      return Integer.parseInt(id.substring(id.indexOf('-') + 1));
    }

    /** The first word of the state; what follows says more. */
    String stateWord() {
      Matcher word = Pattern.compile("later \\(\\d\\)|\\w+").matcher(state);
      return word.lookingAt() ? word.group() : "";
    }
  }

  static Mission parse(String text) {
    return new Mission(text.lines().map(Mission::row).flatMap(Optional::stream).toList());
  }

  private static Optional<Row> row(String line) {
    String[] cells = line.split("\\|", -1);
    if (cells.length < 2 || !ID.matcher(cells[1].strip()).matches()) {
      return Optional.empty();
    }
    if (cells.length != 7) {
      throw new IllegalArgumentException("five columns, no | inside them: " + line);
    }
    return Optional.of(
        new Row(
            cells[1].strip(),
            cells[2].strip(),
            cells[3].strip(),
            cells[4].strip(),
            cells[5].strip()));
  }
}
