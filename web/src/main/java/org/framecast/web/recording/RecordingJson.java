package org.framecast.web.recording;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.framecast.recording.RecordedFile;
import org.framecast.recording.Recordings;

/** Recordings as JSON. */
final class RecordingJson {
  private RecordingJson() {}

  static JsonObject of(Recordings.Running running) {
    return Json.createObjectBuilder()
        .add("stream", running.stream())
        .add("file", running.file())
        .add("since", running.since().toString())
        .build();
  }

  static JsonObject of(RecordedFile file) {
    return Json.createObjectBuilder()
        .add("file", file.name())
        .add("bytes", file.sizeBytes())
        .add("modified", file.modified().toString())
        .add("media_type", file.mediaType())
        .build();
  }
}
