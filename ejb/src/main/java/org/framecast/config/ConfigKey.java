package org.framecast.config;

import java.util.Locale;

/**
 * Every key of the configuration. {@code docs/configuration.md} has one row for each; a test holds
 * the two together.
 */
public enum ConfigKey {
  ACCESS_SECONDS("framecast.session.access-seconds", "s", "900", 1, 86_400),
  REFRESH_SECONDS("framecast.session.refresh-seconds", "s", "3600", 1, 604_800),
  SESSIONS_PER_ADDRESS("framecast.session.max-per-address", "sessions", "200", 1, 100_000),
  SESSIONS("framecast.session.max", "sessions", "1000", 1, 1_000_000),
  SOURCES_PER_SESSION("framecast.source.max-per-session", "images", "8", 1, 1_000),
  SOURCE_BYTES("framecast.source.max-bytes", "bytes", "10485760", 1_024, 33_554_432),
  MESSAGE_BYTES("framecast.ingest.max-message-bytes", "bytes", "8388608", 1_024, 33_554_432),
  IMAGE_SIDE_MIN("framecast.ingest.min-image-side", "pixels", "16", 2, 4_096),
  IMAGE_SIDE_MAX("framecast.ingest.max-image-side", "pixels", "4096", 16, 8_192),
  FRAME_RATE_MAX("framecast.ingest.max-frame-rate", "frames/s", "120", 1, 1_000),
  ERRORS_PER_TEN_SECONDS("framecast.ingest.max-errors-per-10s", "errors", "20", 1, 10_000),
  SENDS_IN_FLIGHT("framecast.ingest.max-sends-in-flight", "messages", "8", 2, 1_000),
  WORKERS("framecast.process.workers", "threads", "2", 1, 256),
  FRAMES_IN_FLIGHT("framecast.process.frames-in-flight", "frames", "4", 1, 64),
  QUEUE_FRAMES("framecast.process.queue-frames", "frames", "4", 1, 64),
  SINK_PATIENCE_MILLIS("framecast.process.sink-patience-millis", "ms", "2000", 10, 60_000),
  FRAME_MEMORY_BYTES("framecast.process.buffer-bytes", "bytes", "134217728", 16_777_216, 1L << 40),
  KEYFRAME_SECONDS("framecast.video.keyframe-seconds", "s", "4", 1, 60),
  VIDEO_CODECS("framecast.video.codecs", "codecs", "VP8,H264,VP9,AV1"),
  VIDEO_ENCODE_MILLIS("framecast.video.max-encode-millis", "ms", "20", 1, 10_000),
  VIDEO_RENDITIONS("framecast.video.max-renditions", "encodes", "3", 1, 12),
  VIDEO_LINGER_MILLIS("framecast.video.linger-millis", "ms", "3000", 0, 600_000),
  VIDEO_SPEED("framecast.video.speed", "steps", "12", 0, 16),
  JPEG_QUALITY("framecast.image.jpeg-quality", "%", "85", 1, 100),
  AUDIO_BITRATE("framecast.audio.bitrate-bps", "bit/s", "96000", 6_000, 510_000),
  UDP_PORT("framecast.webrtc.udp-port", "port", "8189", 1, 65_535),
  RTC_BIND("framecast.webrtc.bind-address", "address", ""),
  ICE_SERVERS("framecast.webrtc.ice-servers", "URLs", ""),
  NEGOTIATION_MILLIS("framecast.webrtc.negotiation-millis", "ms", "5000", 100, 60_000),
  HANDSHAKE_MILLIS("framecast.webrtc.handshake-millis", "ms", "10000", 100, 60_000),
  VIEWERS("framecast.webrtc.max-viewers", "viewers", "1000", 1, 100_000),
  VIEWERS_PER_ADDRESS("framecast.webrtc.max-viewers-per-address", "viewers", "400", 1, 100_000),
  WHIP_BITRATE("framecast.whip.max-bitrate-bps", "bit/s", "6000000", 100_000, 100_000_000),
  WHIP_REORDER_MILLIS("framecast.whip.reorder-millis", "ms", "500", 0, 5_000),
  WHIP_SILENCE_MILLIS("framecast.whip.silence-millis", "ms", "10000", 1_000, 120_000),
  WHIP_REORDER_PACKETS("framecast.whip.reorder-packets", "packets", "512", 16, 8_192),
  PENDING_OFFERS("framecast.webrtc.max-pending-offers", "offers", "600", 1, 100_000),
  PENDING_OF_CALLER("framecast.webrtc.max-pending-per-caller", "offers", "300", 1, 100_000),
  OFFER_RATE("framecast.webrtc.max-offers-per-10s", "offers", "600", 1, 100_000),
  CHANGE_RATE("framecast.webrtc.max-changes-per-10s", "requests", "1200", 1, 100_000),
  SUBSCRIPTIONS("framecast.webrtc.max-subscriptions-per-viewer", "subscriptions", "4", 1, 100),
  SEND_THREADS("framecast.webrtc.send-threads", "threads", "0", 0, 64),
  HISTORY_PACKETS("framecast.webrtc.history-packets", "packets", "512", 64, 16_384),
  REPEAT_PERCENT("framecast.webrtc.max-repeat-percent", "%", "25", 0, 100),
  REPEAT_FLOOR("framecast.webrtc.min-repeat-bytes-per-s", "bytes/s", "32000", 0, 100_000_000),
  TURN_SERVERS("framecast.webrtc.turn-servers", "URLs", ""),
  TURN_SECRET("framecast.webrtc.turn-secret", "text", ""),
  TURN_SECONDS("framecast.webrtc.turn-seconds", "s", "3600", 60, 86_400),
  RTC_LIBRARY("framecast.rtc.library", "path", ""),
  STREAM_FILES("framecast.streams.ivf", "name=path", ""),
  STREAM_COMMANDS("framecast.streams.commands", "name=command", ""),
  DOCUMENT_STREAMS("framecast.streams.max", "streams", "16", 0, 10_000),
  DOCUMENT_STREAMS_OF_SESSION("framecast.streams.max-per-session", "streams", "4", 0, 10_000),
  DOCUMENT_SINKS("framecast.streams.max-sinks", "sinks", "4", 0, 16),
  REFUSED_KINDS("framecast.streams.refused-kinds", "kinds", "webcam,screen,audio,display,webrtc"),
  MEDIA_FOLDERS("framecast.streams.media-folders", "paths", ""),
  RECORDINGS_DIR("framecast.recordings.dir", "path", ""),
  RECORDINGS("framecast.recordings.max", "recordings", "8", 0, 10_000),
  RECORDING_FILES("framecast.recordings.max-files", "files", "100", 1, 1_000_000),
  RECORDING_FREE_BYTES("framecast.recordings.min-free-bytes", "bytes", "1073741824", 0, 1L << 50),
  DOWNLOADS("framecast.recordings.max-downloads", "downloads", "16", 1, 10_000),
  HLS_STREAMS("framecast.hls.max-streams", "streams", "4", 0, 1_000),
  HLS_IDLE_SECONDS("framecast.hls.idle-seconds", "s", "10", 1, 3_600),
  HLS_SEGMENT_MILLIS("framecast.hls.segment-millis", "ms", "2000", 500, 10_000),
  HLS_PART_MILLIS("framecast.hls.part-millis", "ms", "333", 100, 2_000),
  HLS_WINDOW("framecast.hls.window", "segments", "6", 3, 60),
  HLS_SIZES("framecast.hls.sizes", "sizes", "2", 1, 3),
  HLS_WAITING("framecast.hls.max-waiting", "requests", "2000", 1, 100_000),
  HLS_WAITING_OF_ADDRESS("framecast.hls.max-waiting-per-address", "requests", "800", 1, 100_000),
  HLS_PLAYERS("framecast.hls.max-counted-players", "players", "2000", 0, 100_000),
  OWNER_BYTES("framecast.recordings.max-owner-bytes", "bytes", "10737418240", 1, 1L << 50),
  OWNER_FILES("framecast.recordings.max-owner-files", "files", "10000", 1, 10_000_000),
  FILE_PIXELS("framecast.files.max-pixels", "pixels", "16777216", 256, 1L << 28),
  FILE_TRACKS("framecast.files.max-tracks", "tracks", "64", 1, 1_024),
  FILE_PROBE_BYTES("framecast.files.probe-bytes", "bytes", "5000000", 2_048, 1L << 30),
  FILE_PROBE_MILLIS("framecast.files.probe-millis", "ms", "5000", 1, 600_000),
  FILE_QUEUE_BYTES("framecast.files.queue-bytes", "bytes", "67108864", 65_536, 1L << 32),
  PREVIEWS("framecast.previews.max", "streams", "16", 0, 10_000),
  PREVIEW_SECONDS("framecast.previews.linger-seconds", "s", "10", 2, 3_600),
  THUMBNAIL_SIDE("framecast.previews.thumbnail-side", "pixels", "320", 32, 1_920),
  THUMBNAIL_MILLIS("framecast.previews.thumbnail-millis", "ms", "1000", 100, 600_000),
  PLUGINS_DIR("framecast.plugins.folder", "path", ""),
  DEMO_LINGER_SECONDS("framecast.demo.linger-seconds", "s", "10", 0, 3_600),
  MODELS_DIR("framecast.models.dir", "path", ""),
  MODEL_DETECTOR("framecast.models.detector", "file name", ""),
  DATA_DIR("framecast.data.dir", "path", ""),
  PAIRING_REQUIRED("framecast.pairing.required", "true/false", "false"),
  PAIRING_CODE("framecast.pairing.code", "text", ""),
  PAIRING_TRIES("framecast.pairing.max-wrong-per-minute", "tries", "5", 1, 100),
  BODY_MILLIS("framecast.http.body-millis", "ms", "10000", 100, 600_000),
  BODIES_WAITING("framecast.http.max-waiting-bodies", "bodies", "256", 1, 100_000),
  BODIES_PER_ADDRESS("framecast.http.max-waiting-bodies-per-address", "bodies", "64", 1, 100_000),
  BODY_WAITING_BYTES("framecast.http.max-waiting-bytes", "bytes", "67108864", 65_536, 1L << 31),
  HTTP_BIND("framecast.http.bind", "address", "127.0.0.1"),
  HTTPS_BIND("framecast.https.bind", "address", "127.0.0.1"),
  HOSTS("framecast.http.hosts", "host names", ""),
  CORS_ORIGINS("framecast.http.cors-origins", "origins", "*");

  private final String key;
  private final String unit;
  private final String byDefault;
  private final long min;
  private final long max;

  ConfigKey(String key, String unit, String byDefault) {
    this(key, unit, byDefault, 0, -1);
  }

  ConfigKey(String key, String unit, String byDefault, long min, long max) {
    this.key = key;
    this.unit = unit;
    this.byDefault = byDefault;
    this.min = min;
    this.max = max;
  }

  public String key() {
    return key;
  }

  /** The same key as an environment variable. */
  public String environmentName() {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** The unit of its value, as the documentation names it. */
  public String unit() {
    return unit;
  }

  /** The value when nothing is said; empty where there is none. */
  public String byDefault() {
    return byDefault;
  }

  /** Whether the value is a whole number from {@link #min()} to {@link #max()}. */
  boolean isNumber() {
    return min <= max;
  }

  long min() {
    return min;
  }

  long max() {
    return max;
  }
}
