package org.framecast.stream.layer.sound;

import java.util.LinkedHashMap;
import java.util.Map;
import org.framecast.stream.flow.Option;
import org.framecast.stream.flow.OptionException;

/**
 * Options of the layer that mixes another source's sound in.
 *
 * @param source the kind of that source
 * @param setup its options, as {@code name=value} with commas between
 * @param gain of the other sound, in decibels
 */
public record MixOptions(
    @Option(
            title = "Source",
            description = "The kind of source to mix in.",
            byDefault = "test",
            max = 50)
        String source,
    @Option(
            title = "Its options",
            description = "As name=value, with commas between.",
            byDefault = "",
            max = 200)
        String setup,
    @Option(title = "Gain", byDefault = "0", min = -60, max = 24, step = 0.5, unit = "dB")
        double gain) {
  /** The other source's options: numbers, true and false, text. */
  Map<String, Object> sourceOptions() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String pair : setup.isBlank() ? new String[0] : setup.split(",")) {
      int sign = pair.indexOf('=');
      if (sign < 1) {
        throw new OptionException("setup", "must be name=value, with commas between");
      }
      values.put(pair.substring(0, sign).strip(), value(pair.substring(sign + 1).strip()));
    }
    return values;
  }

  private static Object value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    return text.matches("-?\\d{1,15}(\\.\\d{1,15})?") ? Double.valueOf(text) : text;
  }
}
