package org.framecast.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.framecast.stream.media.Codec;

/**
 * Reads single values and holds each to the range of its key. One that cannot be used is noted, and
 * its default stands in, so that {@link #check} can name all of them at once.
 */
final class ConfigValues {
  private final Function<String, Optional<String>> source;
  private final Set<String> faults = new LinkedHashSet<>();

  /**
   * @param source the value of a key, if one was given
   */
  ConfigValues(Function<String, Optional<String>> source) {
    this.source = source;
  }

  /** Notes that the value of this key cannot be used. */
  void refuse(ConfigKey key, String why) {
    faults.add(key.key() + " (" + key.environmentName() + ") " + why);
  }

  /**
   * @throws ConfigException when a value could not be used
   */
  void check() {
    if (!faults.isEmpty()) {
      throw new ConfigException(List.copyOf(faults));
    }
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
      refuse(key, "is no whole number: " + text);
      return Long.parseLong(key.byDefault());
    }
    if (value < key.min() || value > key.max()) {
      refuse(
          key,
          "must be from " + key.min() + " to " + key.max() + " " + key.unit() + ", not " + text);
      return Long.parseLong(key.byDefault());
    }
    return value;
  }

  boolean flag(ConfigKey key) {
    return switch (text(key)) {
      case "true" -> true;
      case "false" -> false;
      case String other -> {
        refuse(key, "is neither true nor false: " + other);
        yield Boolean.parseBoolean(key.byDefault());
      }
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
    return given(key).flatMap(text -> path(key, text));
  }

  Optional<Path> path(ConfigKey key, String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      refuse(key, "names no path");
      return Optional.empty();
    }
  }

  List<String> list(ConfigKey key) {
    return list(key, ",");
  }

  Optional<Codec> codec(ConfigKey key, String name) {
    Optional<Codec> found =
        Stream.of(Codec.values())
            .filter(codec -> codec != Codec.OPUS && codec.sdpName().equalsIgnoreCase(name))
            .findFirst();
    if (found.isEmpty()) {
      refuse(key, "knows VP8, H264, VP9 and AV1, not " + name);
    }
    return found;
  }

  List<String> list(ConfigKey key, String separator) {
    return Arrays.stream(text(key).split(separator))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
