package org.framecast.web.stream;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import org.framecast.live.StreamEvent;
import org.framecast.live.StreamStats;
import org.framecast.stream.media.Detection;

/** The events of a stream as JSON. */
public final class EventJson {
  private EventJson() {}

  static String of(StreamEvent event) {
    return switch (event) {
      case StreamEvent.Ready ready ->
          Json.createObjectBuilder()
              .add("type", "ready")
              .add("mode", ready.mode().subprotocol())
              .add("stream", ready.stream())
              .add("whep", "/whep/" + ready.stream())
              .add("max_message_bytes", ready.maxMessageBytes())
              .build()
              .toString();
      case StreamEvent.Result result -> result(result).toString();
      case StreamEvent.Stats stats -> stats(stats.stats()).toString();
      case StreamEvent.Error error ->
          Json.createObjectBuilder()
              .add("type", "error")
              .add("code", error.code().text())
              .add("message", error.code().message())
              .build()
              .toString();
      case StreamEvent.Ended ended ->
          Json.createObjectBuilder()
              .add("type", "ended")
              .add("reason", ended.reason())
              .build()
              .toString();
    };
  }

  private static JsonObject result(StreamEvent.Result result) {
    JsonArrayBuilder found = Json.createArrayBuilder();
    for (Detection detection : result.detections()) {
      found.add(
          Json.createObjectBuilder()
              .add("label", detection.label())
              .add("score", rounded(detection.score()))
              .add("x", rounded(detection.x()))
              .add("y", rounded(detection.y()))
              .add("width", rounded(detection.width()))
              .add("height", rounded(detection.height())));
    }
    return Json.createObjectBuilder()
        .add("type", "result")
        .add("frame", result.number())
        .add("width", result.width())
        .add("height", result.height())
        .add("detections", found)
        .build();
  }

  /** The numbers of one second. */
  public static JsonObject stats(StreamStats stats) {
    JsonObjectBuilder latency = Json.createObjectBuilder();
    stats
        .latencies()
        .forEach(
            (stage, spread) ->
                latency.add(
                    stage.name().toLowerCase(Locale.ROOT),
                    Json.createObjectBuilder()
                        .add("p50", rounded(spread.p50Millis()))
                        .add("p95", rounded(spread.p95Millis()))));
    return Json.createObjectBuilder()
        .add("type", "stats")
        .add("time_ms", stats.timeMillis())
        .add("fps_in", rounded(stats.framesInPerSecond()))
        .add("fps_out", rounded(stats.framesOutPerSecond()))
        .add("frames_in", stats.framesIn())
        .add("frames_out", stats.framesOut())
        .add("viewers", stats.viewers())
        .add("bitrate_bps", stats.bitrateBps())
        .add("width", stats.width())
        .add("height", stats.height())
        .add("inference_ms_p50", rounded(stats.inferenceMillis()))
        .add("latency_ms", latency)
        .add(
            "dropped",
            Json.createObjectBuilder()
                .add("late", stats.drops().late())
                .add("overflow", stats.drops().overflow())
                .add("error", stats.drops().error())
                .add("privacy", stats.drops().privacy()))
        .add("audio_packets", stats.audioPackets())
        .add("in_flight", stats.inFlight())
        .add("encodes", encodes(stats.encodes()))
        .build();
  }

  private static JsonArrayBuilder encodes(List<StreamStats.Encode> running) {
    JsonArrayBuilder encodes = Json.createArrayBuilder();
    for (StreamStats.Encode encode : running) {
      encodes.add(
          Json.createObjectBuilder()
              .add("codec", encode.codec().sdpName())
              .add("rung", encode.rung())
              .add("width", encode.width())
              .add("height", encode.height())
              .add("target_bps", encode.targetBps())
              .add("bitrate_bps", encode.bitrateBps())
              .add("fps", rounded(encode.framesPerSecond()))
              .add("dropped", encode.dropped()));
    }
    return encodes;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
