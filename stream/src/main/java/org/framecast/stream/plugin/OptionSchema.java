package org.framecast.stream.plugin;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.framecast.stream.flow.Label;
import org.framecast.stream.flow.Option;
import org.framecast.stream.plugin.OptionProperty.Choice;
import org.framecast.stream.plugin.OptionProperty.ClassList;
import org.framecast.stream.plugin.OptionProperty.Decimal;
import org.framecast.stream.plugin.OptionProperty.Heading;
import org.framecast.stream.plugin.OptionProperty.Switch;
import org.framecast.stream.plugin.OptionProperty.Text;
import org.framecast.stream.plugin.OptionProperty.Whole;

/**
 * The options of a component, read from its options record.
 *
 * <p>A record that cannot be described is a mistake of its author: {@link
 * IllegalArgumentException}.
 *
 * @param properties in the order of the record's components
 */
public record OptionSchema(List<OptionProperty> properties) {
  private static final int USUAL_TEXT = 200;
  private static final int MAX_TEXT = 4096;

  public OptionSchema {
    properties = List.copyOf(properties);
  }

  /** Reads the components of an options record. */
  public static OptionSchema of(Class<? extends Record> type) {
    List<OptionProperty> properties = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      properties.add(property(component));
    }
    return new OptionSchema(properties);
  }

  /** The same options where a model knows these classes. */
  public OptionSchema knowing(List<String> labels) {
    return new OptionSchema(
        properties.stream()
            .map(
                property ->
                    property instanceof ClassList(Text text, List<String> none)
                        ? new ClassList(text, labels)
                        : property)
            .toList());
  }

  /** Every option: what was said, and the defaults of the rest. */
  public Map<String, Object> filled(Map<String, Object> said) {
    Map<String, Object> all = new LinkedHashMap<>();
    properties.forEach(
        property ->
            all.put(property.name(), said.getOrDefault(property.name(), property.defaultValue())));
    return all;
  }

  /** A JSON Schema object: maps, lists, text, numbers and booleans, ready to be written. */
  public Map<String, Object> toMap() {
    Map<String, Object> byName = new LinkedHashMap<>();
    properties.forEach(property -> byName.put(property.name(), property.toMap()));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", "object");
    map.put("properties", byName);
    map.put("additionalProperties", false);
    return map;
  }

  private static OptionProperty property(RecordComponent component) {
    Option option = component.getAnnotation(Option.class);
    if (option == null) {
      throw new IllegalArgumentException(component + " carries no @Option");
    }
    Heading heading =
        new Heading(component.getName(), option.title(), option.description(), option.unit());
    Class<?> type = component.getType();
    String text = option.byDefault();
    if (type == double.class) {
      return new Decimal(
          heading, option.min(), option.max(), option.step(), Double.parseDouble(text));
    }
    if (type == int.class) {
      return whole(heading, option);
    }
    if (type == boolean.class) {
      return new Switch(heading, Boolean.parseBoolean(text));
    }
    if (type == String.class) {
      Text any = new Text(heading, maxLength(option), text);
      return option.classes() ? new ClassList(any, List.of()) : any;
    }
    if (type.isEnum()) {
      return choice(heading, type, text);
    }
    throw new IllegalArgumentException(component + " has no JSON type");
  }

  private static int maxLength(Option option) {
    return Double.isFinite(option.max()) ? (int) Math.min(option.max(), MAX_TEXT) : USUAL_TEXT;
  }

  private static Whole whole(Heading heading, Option option) {
    int step = (int) option.step();
    int min = (int) Math.max(option.min(), Integer.MIN_VALUE);
    int max = (int) Math.min(option.max(), Integer.MAX_VALUE);
    return new Whole(heading, min, max, step, Integer.parseInt(option.byDefault()));
  }

  @SuppressWarnings("unchecked")
  private static Choice choice(Heading heading, Class<?> type, String byDefault) {
    List<String> words = new ArrayList<>();
    Map<String, String> labels = new LinkedHashMap<>();
    for (Object each : type.getEnumConstants()) {
      Enum<?> constant = (Enum<?>) each;
      words.add(word(constant));
      label(constant).ifPresent(label -> labels.put(word(constant), label.value()));
    }
    if (!words.contains(byDefault)) {
      throw new IllegalArgumentException(heading.name() + " is by default none of " + words);
    }
    return new Choice(heading, (Class<? extends Enum<?>>) type, words, labels, byDefault);
  }

  private static Optional<Label> label(Enum<?> constant) {
    try {
      return Optional.ofNullable(
          constant
              .getDeclaringClass()
              .getDeclaredField(constant.name())
              .getAnnotation(Label.class));
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(constant + " is no constant", e);
    }
  }

  /** A constant's word in JSON. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
