package org.framecast.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.framecast.stream.media.Codec;

/**
 * A stream of the operator's own whose pictures come coded, as IVF, and are passed on as they are.
 *
 * @param name its public name
 * @param codec what comes; another is refused
 */
public record CodedStream(String name, Codec codec, Input input) {
  /** Where it comes from. Clients never name one. */
  public sealed interface Input {
    /** A file, which is repeated, or a FIFO, whose writers come one after the other. */
    record OfPath(Path path) implements Input {}

    /** A program that writes to its standard output; no shell reads its words. */
    record OfCommand(List<String> words) implements Input {
      public OfCommand {
        words = List.copyOf(words);
      }
    }
  }

  private static final Pattern ITEM =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,39})(?::(\\w+))?\\s*=\\s*(.+)");
  private static final Set<String> TAKEN = Set.of("demo", "demo-raw");

  static List<CodedStream> read(ConfigValues values) {
    List<CodedStream> streams = new ArrayList<>();
    for (String item : values.list(ConfigKey.STREAM_FILES)) {
      streams.add(parse(ConfigKey.STREAM_FILES, item));
    }
    for (String item : values.list(ConfigKey.STREAM_COMMANDS, ";")) {
      streams.add(parse(ConfigKey.STREAM_COMMANDS, item));
    }
    Set<String> names = new HashSet<>(TAKEN);
    for (CodedStream stream : streams) {
      if (!names.add(stream.name)) {
        throw new ConfigException(
            ConfigKey.STREAM_FILES, "names " + stream.name + ", which there is already");
      }
    }
    return streams;
  }

  private static CodedStream parse(ConfigKey key, String item) {
    Matcher matcher = ITEM.matcher(item);
    if (!matcher.matches()) {
      throw new ConfigException(key, "must be items of name=… or name:codec=…");
    }
    String codec = matcher.group(2);
    String rest = matcher.group(3).strip();
    return new CodedStream(
        matcher.group(1),
        codec == null ? Codec.VP8 : ConfigValues.codec(key, codec),
        key == ConfigKey.STREAM_FILES
            ? new Input.OfPath(Path.of(rest))
            : new Input.OfCommand(List.of(rest.split("\\s+"))));
  }
}
