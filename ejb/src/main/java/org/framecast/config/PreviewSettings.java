package org.framecast.config;

import java.time.Duration;

/**
 * The small pictures of streams.
 *
 * @param max streams at a time whose latest picture is kept for that
 * @param linger so long it is kept after it was asked for last
 * @param side of a thumbnail, the longer one
 * @param interval from one thumbnail of a stream to the next
 */
public record PreviewSettings(int max, Duration linger, int side, Duration interval) {
  static PreviewSettings read(ConfigValues values) {
    return new PreviewSettings(
        values.integer(ConfigKey.PREVIEWS),
        values.seconds(ConfigKey.PREVIEW_SECONDS),
        values.integer(ConfigKey.THUMBNAIL_SIDE),
        values.millis(ConfigKey.THUMBNAIL_MILLIS));
  }
}
