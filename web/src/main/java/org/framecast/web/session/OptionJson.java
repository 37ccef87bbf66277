package org.framecast.web.session;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;

/** Options of components as JSON. A number that is whole is written as such, whatever holds it. */
public final class OptionJson {
  /** Up to here a double tells every whole number from its neighbours. */
  private static final double MAX_WHOLE = 1L << 53;

  private OptionJson() {}

  /**
   * An object of option names and values.
   *
   * @param options {@link Number}, {@link Boolean} or what is written as its text, by option name
   */
  public static JsonObjectBuilder of(Map<String, Object> options) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    options.forEach(
        (name, value) -> {
          switch (value) {
            case Boolean flag -> json.add(name, flag);
            case Long number -> json.add(name, number);
            case Number number when isWhole(number.doubleValue()) ->
                json.add(name, number.longValue());
            case Number number -> json.add(name, number.doubleValue());
            default -> json.add(name, value.toString());
          }
        });
    return json;
  }

  private static boolean isWhole(double number) {
    return number == Math.rint(number) && Math.abs(number) <= MAX_WHOLE;
  }
}
