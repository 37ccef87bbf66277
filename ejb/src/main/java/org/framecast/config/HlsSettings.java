package org.framecast.config;

import java.time.Duration;

/**
 * Live streams as HLS, for viewers whom WebRTC does not reach.
 *
 * @param maxStreams that are made into HLS at a time
 * @param idle so long a stream is made into it after the last request
 * @param window how many segments a playlist names
 * @param sizes each has half of the height of the one above
 * @param maxPlayers that are counted as viewers
 * @param maxWaiting requests that wait for what comes next
 */
public record HlsSettings(
    int maxStreams,
    Duration idle,
    Duration segment,
    Duration part,
    int window,
    int sizes,
    int maxWaiting,
    int maxWaitingPerAddress,
    int maxPlayers) {
  static HlsSettings read(ConfigValues values) {
    return new HlsSettings(
        values.integer(ConfigKey.HLS_STREAMS),
        values.seconds(ConfigKey.HLS_IDLE_SECONDS),
        values.millis(ConfigKey.HLS_SEGMENT_MILLIS),
        values.millis(ConfigKey.HLS_PART_MILLIS),
        values.integer(ConfigKey.HLS_WINDOW),
        values.integer(ConfigKey.HLS_SIZES),
        values.integer(ConfigKey.HLS_WAITING),
        values.integer(ConfigKey.HLS_WAITING_OF_ADDRESS),
        values.integer(ConfigKey.HLS_PLAYERS));
  }
}
