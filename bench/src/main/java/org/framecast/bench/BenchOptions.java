package org.framecast.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** The options of a benchmark's command line, {@code --name value}, with their defaults. */
final class BenchOptions {
  private final String usage;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();

  /**
   * @param usage what the benchmark measures
   */
  BenchOptions(String usage) {
    this.usage = usage;
  }

  BenchOptions option(String name, String value, String text) {
    values.put(name, value);
    texts.put(name, text);
    return this;
  }

  /**
   * Reads the arguments; prints the help and ends the program when they ask for it or are wrong.
   */
  BenchOptions parse(String... arguments) {
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i].replaceFirst("^--", "");
      if (name.equals("help")) {
        System.out.println(help());
        System.exit(0);
      }
      if (!values.containsKey(name) || i + 1 == arguments.length) {
        System.err.println("unknown or incomplete option " + arguments[i] + "\n" + help());
        System.exit(2);
      }
      values.put(name, arguments[i + 1]);
    }
    return this;
  }

  private String help() {
    StringBuilder text = new StringBuilder(usage).append("\noptions:\n");
    texts.forEach(
        (name, what) ->
            text.append("  --%-12s %s (default %s)%n".formatted(name, what, values.get(name))));
    return text.toString();
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name);
    }
    return value;
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  double decimal(String name) {
    return Double.parseDouble(text(name));
  }
}
