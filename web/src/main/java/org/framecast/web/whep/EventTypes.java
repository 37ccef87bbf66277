package org.framecast.web.whep;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.NoSuchElementException;
import java.util.Set;
import org.framecast.problem.Problem;
import org.framecast.problem.ProblemException;
import org.framecast.viewer.ViewerEvent;
import org.framecast.web.security.BodyReader;

/** Reads which events a viewer asks for: a JSON list of their names. */
final class EventTypes {
  private static final int MAX_BYTES = 1_024;

  private EventTypes() {}

  /**
   * @throws ProblemException with 413, or with 400 for anything but a list of known types
   */
  static Set<ViewerEvent.Type> read(InputStream body) {
    byte[] bytes = BodyReader.read(body, MAX_BYTES);
    try (JsonParser parser = Json.createParser(new ByteArrayInputStream(bytes))) {
      return read(parser);
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw malformed();
    }
  }

  private static Set<ViewerEvent.Type> read(JsonParser parser) {
    Set<ViewerEvent.Type> types = EnumSet.noneOf(ViewerEvent.Type.class);
    if (parser.next() != JsonParser.Event.START_ARRAY) {
      throw malformed();
    }
    for (JsonParser.Event event = parser.next();
        event != JsonParser.Event.END_ARRAY;
        event = parser.next()) {
      if (event != JsonParser.Event.VALUE_STRING) {
        throw malformed();
      }
      types.add(ViewerEvent.Type.of(parser.getString()).orElseThrow(EventTypes::unsupported));
    }
    if (types.isEmpty() || parser.hasNext()) {
      throw malformed();
    }
    return types;
  }

  private static ProblemException malformed() {
    return Problem.of(
            "json-malformed",
            400,
            "The body is no list of event types",
            "A JSON list of one or more strings is expected here.")
        .asException();
  }

  private static ProblemException unsupported() {
    return Problem.of(
            "event-unsupported",
            400,
            "An event type is not supported",
            "There are active, inactive, layers and viewercount.")
        .asException();
  }
}
