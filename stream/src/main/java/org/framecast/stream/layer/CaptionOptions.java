package org.framecast.stream.layer;

import org.framecast.stream.flow.Option;

/**
 * Options of the layer that writes a line of text.
 *
 * @param text of at most 80 characters; empty for none
 * @param position where the line stands
 * @param size pixels of one dot of the font
 * @param opacity of text and ground, 0 to 1
 */
public record CaptionOptions(
    @Option(title = "Text", byDefault = "Framecast", max = 80) String text,
    @Option(title = "Position", byDefault = "bottom-left") Position position,
    @Option(
            title = "Size",
            description = "Pixels of one dot; a line of text is ten dots high.",
            byDefault = "2",
            min = 1,
            max = 8,
            unit = "px")
        int size,
    @Option(title = "Opacity", byDefault = "0.7", min = 0, max = 1, step = 0.05) double opacity) {

  /** Where a caption stands. */
  public enum Position {
    TOP_LEFT,
    TOP,
    TOP_RIGHT,
    BOTTOM_LEFT,
    BOTTOM,
    BOTTOM_RIGHT
  }
}
