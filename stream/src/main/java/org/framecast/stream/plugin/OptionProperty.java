package org.framecast.stream.plugin;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One option of a component, as a page shows it and the binder checks it. */
public sealed interface OptionProperty {
  /** What every option has. */
  Heading heading();

  /** This property's JSON Schema, without its name. */
  Map<String, Object> toMap();

  /** The value when nothing is said. */
  Object defaultValue();

  /** What a value must be: "a number from 0 to 1 in steps of 0.05". */
  String rule();

  default String name() {
    return heading().name();
  }

  private static String range(double min, double max) {
    if (Double.isFinite(min) && Double.isFinite(max)) {
      return " from " + plain(min) + " to " + plain(max);
    }
    return Double.isFinite(min)
        ? " of at least " + plain(min)
        : Double.isFinite(max) ? " of at most " + plain(max) : "";
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /**
   * Name and words of an option.
   *
   * @param name as in JSON
   * @param description empty for none
   * @param unit empty for none
   */
  record Heading(String name, String title, String description, String unit) {
    Map<String, Object> toMap(String type) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("type", type);
      map.put("title", title);
      if (!description.isEmpty()) {
        map.put("description", description);
      }
      if (!unit.isEmpty()) {
        map.put("x-unit", unit);
      }
      return map;
    }
  }

  /**
   * A number.
   *
   * @param step distance between allowed values from 0, 0 for any
   */
  record Decimal(Heading heading, double min, double max, double step, double byDefault)
      implements OptionProperty {
    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = heading.toMap("number");
      if (Double.isFinite(min)) {
        map.put("minimum", min);
      }
      if (Double.isFinite(max)) {
        map.put("maximum", max);
      }
      if (step > 0) {
        map.put("multipleOf", step);
      }
      map.put("default", byDefault);
      return map;
    }

    @Override
    public String rule() {
      return "a number" + range(min, max) + (step > 0 ? " in steps of " + plain(step) : "");
    }

    @Override
    public Object defaultValue() {
      return byDefault;
    }
  }

  /**
   * A whole number.
   *
   * @param step distance between allowed values from 0, 0 for any
   */
  record Whole(Heading heading, int min, int max, int step, int byDefault)
      implements OptionProperty {
    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = heading.toMap("integer");
      map.put("minimum", min);
      map.put("maximum", max);
      if (step > 1) {
        map.put("multipleOf", step);
      }
      map.put("default", byDefault);
      return map;
    }

    @Override
    public String rule() {
      return "a whole number" + range(min, max) + (step > 1 ? " in steps of " + step : "");
    }

    @Override
    public Object defaultValue() {
      return byDefault;
    }
  }

  /** Yes or no. */
  record Switch(Heading heading, boolean byDefault) implements OptionProperty {
    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = heading.toMap("boolean");
      map.put("default", byDefault);
      return map;
    }

    @Override
    public String rule() {
      return "true or false";
    }

    @Override
    public Object defaultValue() {
      return byDefault;
    }
  }

  /** Text of at most so many UTF-16 units. */
  record Text(Heading heading, int maxLength, String byDefault) implements OptionProperty {
    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = heading.toMap("string");
      map.put("maxLength", maxLength);
      map.put("default", byDefault);
      return map;
    }

    @Override
    public String rule() {
      return "a text of at most " + maxLength + " characters";
    }

    @Override
    public Object defaultValue() {
      return byDefault;
    }
  }

  /**
   * Names of classes, separated by commas, in a text.
   *
   * @param known the names that the loaded model knows; empty where none is loaded
   */
  record ClassList(Text text, List<String> known) implements OptionProperty {
    public ClassList {
      known = List.copyOf(known);
    }

    @Override
    public Heading heading() {
      return text.heading();
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = text.toMap();
      if (!known.isEmpty()) {
        map.put("x-known", known);
      }
      return map;
    }

    @Override
    public String rule() {
      return text.rule();
    }

    @Override
    public Object defaultValue() {
      return text.defaultValue();
    }
  }

  /**
   * One of several words.
   *
   * @param type the enum behind it
   * @param words its constants in lower case, joined by hyphens, in their order
   * @param labels what a page shows for those of the words that it would not find itself
   */
  record Choice(
      Heading heading,
      Class<? extends Enum<?>> type,
      List<String> words,
      Map<String, String> labels,
      String byDefault)
      implements OptionProperty {
    public Choice {
      words = List.copyOf(words);
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = heading.toMap("string");
      map.put("enum", words);
      if (!labels.isEmpty()) {
        map.put("x-labels", labels);
      }
      map.put("default", byDefault);
      return map;
    }

    @Override
    public String rule() {
      return "one of " + String.join(", ", words);
    }

    @Override
    public Object defaultValue() {
      return byDefault;
    }
  }
}
