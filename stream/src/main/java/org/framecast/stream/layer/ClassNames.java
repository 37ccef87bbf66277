package org.framecast.stream.layer;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.framecast.stream.flow.OptionException;

/** The names of classes in an option: text, separated by commas. */
final class ClassNames {
  private ClassNames() {}

  static Set<String> parse(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  /**
   * @throws OptionException that names the known ones, when one of the chosen is not among them
   */
  static void check(Set<String> chosen, Collection<String> known) {
    if (!known.containsAll(chosen)) {
      throw new OptionException(
          "classes",
          "must be empty or name classes of the model, separated by commas: "
              + String.join(", ", known));
    }
  }
}
