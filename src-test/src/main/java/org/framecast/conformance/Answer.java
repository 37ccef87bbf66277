package org.framecast.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer's text, cut into its sections. */
record Answer(String text, List<Section> sections) {
  /** One section: its {@code m=} line and what follows it. */
  record Section(String media, int port, List<String> formats, List<String> attributes) {
    boolean has(String attribute) {
      return attributes.contains(attribute);
    }

    Optional<String> value(String name) {
      return attributes.stream()
          .filter(a -> a.startsWith(name + ":"))
          .map(a -> a.substring(name.length() + 1))
          .findFirst();
    }

    List<String> values(String name) {
      return attributes.stream()
          .filter(a -> a.startsWith(name + ":"))
          .map(a -> a.substring(name.length() + 1))
          .toList();
    }

    boolean isAccepted() {
      return port != 0;
    }
  }

  static Answer parse(String text) {
    List<Section> sections = new ArrayList<>();
    List<String> attributes = new ArrayList<>();
    for (String line : text.split("\r?\n")) {
      if (line.startsWith("m=")) {
        String[] words = line.substring(2).split(" ");
        Check.require(words.length >= 4, "the answer has a broken m= line");
        attributes = new ArrayList<>();
        sections.add(
            new Section(
                words[0],
                Integer.parseInt(words[1]),
                List.of(words).subList(3, words.length),
                attributes));
      } else if (line.startsWith("a=")) {
        attributes.add(line.substring(2));
      }
    }
    Check.require(!sections.isEmpty(), "the answer has no section");
    return new Answer(text, sections);
  }

  List<Section> accepted() {
    return sections.stream().filter(Section::isAccepted).toList();
  }

  /** The accepted section of that kind. */
  Section section(String media) {
    return accepted().stream()
        .filter(section -> section.media().equals(media))
        .findFirst()
        .orElseThrow(() -> new Check.Departure("the answer accepts no " + media));
  }

  /** The first value of an attribute in any accepted section, or in the session's part. */
  Optional<String> value(String name) {
    return text.lines()
        .filter(line -> line.startsWith("a=" + name + ":"))
        .map(line -> line.substring(name.length() + 3))
        .findFirst();
  }

  List<String> candidates() {
    return accepted().stream().flatMap(section -> section.values("candidate").stream()).toList();
  }
}
