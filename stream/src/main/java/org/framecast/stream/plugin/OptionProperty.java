package org.framecast.stream.plugin;

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

  default String name() {
    return heading().name();
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
    public Object defaultValue() {
      return byDefault;
    }
  }

  /**
   * One of several words.
   *
   * @param type the enum behind it
   * @param words its constants in lower case, joined by hyphens, in their order
   */
  record Choice(
      Heading heading, Class<? extends Enum<?>> type, List<String> words, String byDefault)
      implements OptionProperty {
    public Choice {
      words = List.copyOf(words);
    }

    @Override
    public Map<String, Object> toMap() {
      Map<String, Object> map = heading.toMap("string");
      map.put("enum", words);
      map.put("default", byDefault);
      return map;
    }

    @Override
    public Object defaultValue() {
      return byDefault;
    }
  }
}
