package org.framecast.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
    Set<String> names = new HashSet<>(TAKEN);
    for (String item : values.list(ConfigKey.STREAM_FILES)) {
      add(streams, names, values, ConfigKey.STREAM_FILES, item);
    }
    for (String item : values.list(ConfigKey.STREAM_COMMANDS, ";")) {
      add(streams, names, values, ConfigKey.STREAM_COMMANDS, item);
    }
    return streams;
  }

  private static void add(
      List<CodedStream> streams,
      Set<String> names,
      ConfigValues values,
      ConfigKey key,
      String item) {
    Matcher matcher = ITEM.matcher(item);
    if (!matcher.matches()) {
      values.refuse(key, "must be items of name=… or name:codec=…");
      return;
    }
    String name = matcher.group(1);
    if (!names.add(name)) {
      values.refuse(key, "names " + name + ", which there is already");
    }
    String asked = matcher.group(2);
    Optional<Codec> codec = asked == null ? Optional.of(Codec.VP8) : values.codec(key, asked);
    String rest = matcher.group(3).strip();
    Optional<? extends Input> input =
        key == ConfigKey.STREAM_FILES
            ? values.path(key, rest).map(Input.OfPath::new)
            : Optional.of(new Input.OfCommand(List.of(rest.split("\\s+"))));
    if (codec.isPresent() && input.isPresent()) {
      streams.add(new CodedStream(name, codec.get(), input.get()));
    }
  }
}
