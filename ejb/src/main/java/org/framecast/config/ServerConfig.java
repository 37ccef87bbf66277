package org.framecast.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.framecast.stream.codec.ReaderLimits;
import org.framecast.stream.media.Codec;

/**
 * All settings of the server, read once at start and checked.
 *
 * @param codedStreams streams that come coded from files and programs
 * @param readerLimits what a media file may cost that a document names
 * @param httpHosts names and addresses beside the loopback ones under which the server may be
 *     addressed
 * @param corsOrigins whose pages may watch and publish with a token of this server; {@code *} for
 *     all
 */
public record ServerConfig(
    Sessions sessions,
    Ingest ingest,
    Processing processing,
    Video video,
    WebRtc webRtc,
    Whip whip,
    Pairing pairing,
    Bodies bodies,
    Folders folders,
    List<CodedStream> codedStreams,
    Documents documents,
    Recordings recordings,
    HlsSettings hls,
    ReaderLimits readerLimits,
    PreviewSettings previews,
    Duration demoLinger,
    List<String> httpHosts,
    List<String> corsOrigins) {

  private static final int MIN_PAIRING_CODE = 6;

  /** Lives and limits of sessions. */
  public record Sessions(
      Duration accessLife,
      Duration refreshLife,
      int maxPerAddress,
      int max,
      int maxSources,
      int maxSourceBytes) {}

  /** What one publisher may send, and how much may wait for it. */
  public record Ingest(
      int maxMessageBytes,
      int minImageSide,
      int maxImageSide,
      int maxFrameRate,
      int maxErrorsPerTenSeconds,
      int maxSendsInFlight) {}

  /**
   * Threads and memory of each stream's processing.
   *
   * @param sinkPatience so long a sink that may lose nothing may keep its stream waiting
   */
  public record Processing(
      int workers, int framesInFlight, int queueFrames, Duration sinkPatience, long bufferBytes) {}

  /**
   * How pictures and sound are encoded.
   *
   * @param codecs that pictures may be encoded in
   * @param maxEncode what an encoder may take for a 720p picture to be offered
   * @param linger so long an encoder stays after its last viewer
   */
  public record Video(
      List<Codec> codecs,
      Duration maxEncode,
      Duration keyframeInterval,
      int maxRenditions,
      Duration linger,
      int speed,
      int jpegQuality,
      int audioBitrateBps) {}

  /** Peer connections: port, deadlines, limits, what is sent. */
  public record WebRtc(
      int udpPort,
      Optional<String> bindAddress,
      List<String> iceServers,
      Duration negotiationLimit,
      Duration handshakeLimit,
      int maxViewers,
      int maxViewersPerAddress,
      Signalling signalling,
      Sending sending,
      Turn turn,
      Optional<Path> library) {}

  /**
   * What sends to viewers, and what is kept to be sent again.
   *
   * @param threads of all streams together; 0 for one of every two cores
   * @param historyPackets of each encode of a picture
   * @param repeatPercent of what a viewer was sent in one second, which it may be sent again in the
   *     next
   * @param repeatFloorBytesPerSecond what it may be sent again in any case
   */
  public record Sending(
      int threads, int historyPackets, int repeatPercent, int repeatFloorBytesPerSecond) {}

  /**
   * What publishers over a peer connection may send, and what is done about lost packets.
   *
   * @param reorderPatience how long a missing packet is waited for
   * @param reorderPackets that may wait behind it
   * @param silence so long a publisher may send nothing, or be cut off
   */
  public record Whip(
      int maxBitrateBps, Duration reorderPatience, int reorderPackets, Duration silence) {}

  /**
   * How much may be asked, in all and by one caller; an address and a session are counted alike.
   *
   * @param maxPending offers that have no connection yet
   * @param maxSubscriptions of one viewer, to events
   */
  public record Signalling(
      int maxPending,
      int maxPendingPerCaller,
      int maxOffersPerTenSeconds,
      int maxChangesPerTenSeconds,
      int maxSubscriptions) {}

  /**
   * Relays that callers are told of, and what they get in by.
   *
   * @param secret shared with the relay; kept out of every text form of this record
   * @param life of the credentials that are made with it
   */
  public record Turn(List<String> urls, String secret, Duration life) {
    private static final Pattern URL =
        Pattern.compile("turns?:[A-Za-z0-9.:\\[\\]-]{1,255}(\\?transport=(udp|tcp))?");

    public Turn {
      urls = List.copyOf(urls);
    }

    private static Turn read(ConfigValues values) {
      List<String> urls = values.list(ConfigKey.TURN_SERVERS);
      if (!urls.stream().allMatch(url -> URL.matcher(url).matches())) {
        values.refuse(
            ConfigKey.TURN_SERVERS, "must be turn:host:port, separated by commas, without users");
      }
      String secret = values.text(ConfigKey.TURN_SECRET);
      if (!urls.isEmpty() && secret.length() < 8) {
        values.refuse(
            ConfigKey.TURN_SECRET, "must have 8 characters or more where there are relays");
      }
      return new Turn(urls, secret, values.seconds(ConfigKey.TURN_SECONDS));
    }

    @Override
    public String toString() {
      return "Turn[urls=" + urls + ", life=" + life + "]";
    }
  }

  /**
   * Whether sessions need a pairing code.
   *
   * @param code the code; kept out of every text form of this record
   */
  public record Pairing(boolean required, String code, int maxWrongPerMinute) {
    @Override
    public String toString() {
      return "Pairing[required=" + required + "]";
    }
  }

  /**
   * How requests' bodies are waited for.
   *
   * @param limit for a whole body
   * @param maxWaiting bodies that are waited for at a time
   * @param maxWaitingBytes that these may hold together
   */
  public record Bodies(
      Duration limit, int maxWaiting, int maxWaitingPerAddress, long maxWaitingBytes) {}

  /**
   * Where the server reads and keeps files.
   *
   * @param plugins jars with more kinds of components
   * @param media what streams of sessions may read files from
   * @param recordings where they are written, a folder for each owner
   */
  public record Folders(
      Path data,
      Optional<Path> models,
      Optional<String> detector,
      Optional<Path> plugins,
      List<Path> media,
      Path recordings) {
    private static Folders read(ConfigValues values, Path dataDirectory) {
      Path data = values.path(ConfigKey.DATA_DIR).orElse(dataDirectory);
      return new Folders(
          data,
          values.path(ConfigKey.MODELS_DIR),
          values.given(ConfigKey.MODEL_DETECTOR),
          values.path(ConfigKey.PLUGINS_DIR),
          values.list(ConfigKey.MEDIA_FOLDERS).stream()
              .flatMap(text -> values.path(ConfigKey.MEDIA_FOLDERS, text).stream())
              .toList(),
          values.path(ConfigKey.RECORDINGS_DIR).orElse(data.resolve("recordings")));
    }
  }

  /**
   * The streams that sessions make from documents.
   *
   * @param refusedKinds of sources, layers and sinks that no document may name
   */
  public record Documents(int max, int maxPerSession, int maxSinks, Set<String> refusedKinds) {
    private static Documents read(ConfigValues values) {
      return new Documents(
          values.integer(ConfigKey.DOCUMENT_STREAMS),
          values.integer(ConfigKey.DOCUMENT_STREAMS_OF_SESSION),
          values.integer(ConfigKey.DOCUMENT_SINKS),
          Set.copyOf(values.list(ConfigKey.REFUSED_KINDS)));
    }
  }

  /**
   * What may be recorded.
   *
   * @param max recordings at a time
   * @param maxFiles that one owner may have
   * @param minFreeBytes that stay free on the disk
   * @param maxDownloads at a time
   * @param maxOwnerBytes that one owner's files may hold, those of its documents' sinks too
   * @param maxOwnerFiles of all sorts that one owner may have
   */
  public record Recordings(
      int max,
      int maxFiles,
      long minFreeBytes,
      int maxDownloads,
      long maxOwnerBytes,
      int maxOwnerFiles) {
    private static Recordings read(ConfigValues values) {
      return new Recordings(
          values.integer(ConfigKey.RECORDINGS),
          values.integer(ConfigKey.RECORDING_FILES),
          values.number(ConfigKey.RECORDING_FREE_BYTES),
          values.integer(ConfigKey.DOWNLOADS),
          values.number(ConfigKey.OWNER_BYTES),
          values.integer(ConfigKey.OWNER_FILES));
    }
  }

  /**
   * Reads every key.
   *
   * @param source the value of a key, if one was given
   * @param dataDirectory where data is kept when no key says so
   * @throws ConfigException that names every value that cannot be used
   */
  public static ServerConfig read(Function<String, Optional<String>> source, Path dataDirectory) {
    ConfigValues values = new ConfigValues(source);
    ServerConfig config = read(values, dataDirectory);
    values.check();
    return config;
  }

  private static ServerConfig read(ConfigValues values, Path dataDirectory) {
    return new ServerConfig(
        sessions(values),
        ingest(values),
        new Processing(
            values.integer(ConfigKey.WORKERS),
            values.integer(ConfigKey.FRAMES_IN_FLIGHT),
            values.integer(ConfigKey.QUEUE_FRAMES),
            values.millis(ConfigKey.SINK_PATIENCE_MILLIS),
            values.number(ConfigKey.FRAME_MEMORY_BYTES)),
        new Video(
            codecs(values),
            values.millis(ConfigKey.VIDEO_ENCODE_MILLIS),
            values.seconds(ConfigKey.KEYFRAME_SECONDS),
            values.integer(ConfigKey.VIDEO_RENDITIONS),
            values.millis(ConfigKey.VIDEO_LINGER_MILLIS),
            values.integer(ConfigKey.VIDEO_SPEED),
            values.integer(ConfigKey.JPEG_QUALITY),
            values.integer(ConfigKey.AUDIO_BITRATE)),
        webRtc(values),
        new Whip(
            values.integer(ConfigKey.WHIP_BITRATE),
            values.millis(ConfigKey.WHIP_REORDER_MILLIS),
            values.integer(ConfigKey.WHIP_REORDER_PACKETS),
            values.millis(ConfigKey.WHIP_SILENCE_MILLIS)),
        pairing(values),
        new Bodies(
            values.millis(ConfigKey.BODY_MILLIS),
            values.integer(ConfigKey.BODIES_WAITING),
            values.integer(ConfigKey.BODIES_PER_ADDRESS),
            values.number(ConfigKey.BODY_WAITING_BYTES)),
        Folders.read(values, dataDirectory),
        CodedStream.read(values),
        Documents.read(values),
        Recordings.read(values),
        HlsSettings.read(values),
        readerLimits(values),
        PreviewSettings.read(values),
        values.seconds(ConfigKey.DEMO_LINGER_SECONDS),
        httpHosts(values),
        values.list(ConfigKey.CORS_ORIGINS));
  }

  private static ReaderLimits readerLimits(ConfigValues values) {
    return new ReaderLimits(
        values.number(ConfigKey.FILE_PIXELS),
        values.integer(ConfigKey.FILE_TRACKS),
        values.number(ConfigKey.FILE_PROBE_BYTES),
        values.millis(ConfigKey.FILE_PROBE_MILLIS),
        values.number(ConfigKey.FILE_QUEUE_BYTES));
  }

  private static Pairing pairing(ConfigValues values) {
    boolean required = values.flag(ConfigKey.PAIRING_REQUIRED);
    String code = values.text(ConfigKey.PAIRING_CODE);
    if (required && code.length() < MIN_PAIRING_CODE) {
      values.refuse(
          ConfigKey.PAIRING_CODE,
          "must have " + MIN_PAIRING_CODE + " characters or more where pairing is required");
    }
    return new Pairing(required, code, values.integer(ConfigKey.PAIRING_TRIES));
  }

  /** Refuses addresses that would open the server to the network without a pairing code. */
  private static List<String> httpHosts(ConfigValues values) {
    String http = values.text(ConfigKey.HTTP_BIND);
    if (!isLoopback(http)) {
      values.refuse(ConfigKey.HTTP_BIND, "must be a loopback address, 127.x.y.z");
    }
    String https = values.text(ConfigKey.HTTPS_BIND);
    if (!isLoopback(https) && !values.flag(ConfigKey.PAIRING_REQUIRED)) {
      values.refuse(ConfigKey.HTTPS_BIND, "must be a loopback address, 127.x.y.z, without pairing");
    }
    return Stream.concat(Stream.of(http, https), values.list(ConfigKey.HOSTS).stream())
        .distinct()
        .toList();
  }

  private static boolean isLoopback(String address) {
    return address.matches("127(\\.\\d{1,3}){3}");
  }

  private static List<Codec> codecs(ConfigValues values) {
    List<String> names = values.list(ConfigKey.VIDEO_CODECS);
    if (names.isEmpty()) {
      values.refuse(ConfigKey.VIDEO_CODECS, "must name a codec");
    }
    return names.stream()
        .map(name -> values.codec(ConfigKey.VIDEO_CODECS, name))
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  private static Sessions sessions(ConfigValues values) {
    return new Sessions(
        values.seconds(ConfigKey.ACCESS_SECONDS),
        values.seconds(ConfigKey.REFRESH_SECONDS),
        values.integer(ConfigKey.SESSIONS_PER_ADDRESS),
        values.integer(ConfigKey.SESSIONS),
        values.integer(ConfigKey.SOURCES_PER_SESSION),
        values.integer(ConfigKey.SOURCE_BYTES));
  }

  private static Ingest ingest(ConfigValues values) {
    return new Ingest(
        values.integer(ConfigKey.MESSAGE_BYTES),
        values.integer(ConfigKey.IMAGE_SIDE_MIN),
        values.integer(ConfigKey.IMAGE_SIDE_MAX),
        values.integer(ConfigKey.FRAME_RATE_MAX),
        values.integer(ConfigKey.ERRORS_PER_TEN_SECONDS),
        values.integer(ConfigKey.SENDS_IN_FLIGHT));
  }

  private static WebRtc webRtc(ConfigValues values) {
    return new WebRtc(
        values.integer(ConfigKey.UDP_PORT),
        values.given(ConfigKey.RTC_BIND),
        values.list(ConfigKey.ICE_SERVERS),
        values.millis(ConfigKey.NEGOTIATION_MILLIS),
        values.millis(ConfigKey.HANDSHAKE_MILLIS),
        values.integer(ConfigKey.VIEWERS),
        values.integer(ConfigKey.VIEWERS_PER_ADDRESS),
        new Signalling(
            values.integer(ConfigKey.PENDING_OFFERS),
            values.integer(ConfigKey.PENDING_OF_CALLER),
            values.integer(ConfigKey.OFFER_RATE),
            values.integer(ConfigKey.CHANGE_RATE),
            values.integer(ConfigKey.SUBSCRIPTIONS)),
        new Sending(
            values.integer(ConfigKey.SEND_THREADS),
            values.integer(ConfigKey.HISTORY_PACKETS),
            values.integer(ConfigKey.REPEAT_PERCENT),
            values.integer(ConfigKey.REPEAT_FLOOR)),
        Turn.read(values),
        values.path(ConfigKey.RTC_LIBRARY));
  }
}
