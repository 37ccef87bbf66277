package org.framecast.stream.layer;

import java.awt.Color;
import java.util.regex.Pattern;
import org.framecast.stream.flow.OptionException;

/** Colours as {@code #RRGGBB}. */
final class HexColour {
  private static final Pattern FORM = Pattern.compile("#[0-9A-Fa-f]{6}");

  private HexColour() {}

  /**
   * @param option that has the text
   * @throws OptionException when it is no colour
   */
  static Color parse(String option, String text) {
    if (!FORM.matcher(text).matches()) {
      throw new OptionException(option, "must be a colour as #RRGGBB");
    }
    return new Color(Integer.parseInt(text.substring(1), 16));
  }
}
