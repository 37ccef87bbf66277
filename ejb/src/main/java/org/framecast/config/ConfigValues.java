package org.framecast.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.framecast.stream.media.Codec;

/** Reads single values and holds each to the range of its key. */
final class ConfigValues {
  private final Function<String, Optional<String>> source;

  /**
   * @param source the value of a key, if one was given
   */
  ConfigValues(Function<String, Optional<String>> source) {
    this.source = source;
  }

  String text(ConfigKey key) {
    return source.apply(key.key()).map(String::strip).orElse(key.byDefault());
  }

  int integer(ConfigKey key) {
    return Math.toIntExact(number(key));
  }

  long number(ConfigKey key) {
    String text = text(key);
    if (!key.isNumber()) {
      throw new IllegalArgumentException(key.key() + " is no number");
    }
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ConfigException(key, "is no whole number: " + text);
    }
    if (value < key.min() || value > key.max()) {
      throw new ConfigException(
          key, "must be from " + key.min() + " to " + key.max() + " " + key.unit());
    }
    return value;
  }

  boolean flag(ConfigKey key) {
    return switch (text(key)) {
      case "true" -> true;
      case "false" -> false;
      case String other -> throw new ConfigException(key, "is neither true nor false: " + other);
    };
  }

  Duration seconds(ConfigKey key) {
    return Duration.ofSeconds(number(key));
  }

  Duration millis(ConfigKey key) {
    return Duration.ofMillis(number(key));
  }

  Optional<String> given(ConfigKey key) {
    return Optional.of(text(key)).filter(text -> !text.isEmpty());
  }

  Optional<Path> path(ConfigKey key) {
    return given(key).map(Path::of);
  }

  List<String> list(ConfigKey key) {
    return list(key, ",");
  }

  static Codec codec(ConfigKey key, String name) {
    return Stream.of(Codec.values())
        .filter(codec -> codec != Codec.OPUS && codec.sdpName().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new ConfigException(key, "knows VP8, H264, VP9 and AV1"));
  }

  List<String> list(ConfigKey key, String separator) {
    return Arrays.stream(text(key).split(separator))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
