package org.framecast.web.session;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.framecast.problem.Problem;
import org.framecast.problem.ProblemException;
import org.framecast.web.security.BodyReader;

/** Reads a JSON object from a body of limited size. */
final class JsonBody {
  private static final int MAX_BYTES = 65_536;
  private static final int MAX_DEPTH = 16;

  /** Numbers that no option has and whose value is dear to compute. */
  private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{30}|[0-9.][eE][+-]?[0-9]{4}");

  private JsonBody() {}

  /** The object; an empty one for an empty body. */
  static JsonObject readOptional(InputStream body) {
    String text = text(body);
    return text.isBlank() ? JsonObject.EMPTY_JSON_OBJECT : parse(text);
  }

  static JsonObject read(InputStream body) {
    return parse(text(body));
  }

  /** JSON between systems is UTF-8 (RFC 8259 §8.1); bytes that are not are no text. */
  private static String text(InputStream body) {
    byte[] bytes = BodyReader.read(body, MAX_BYTES);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed();
    }
  }

  private static JsonObject parse(String text) {
    try {
      checkTokens(text);
      return object(text);
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw malformed();
    }
  }

  /** Refuses what is dear to build, before anything is built; texts may hold whatever they like. */
  private static void checkTokens(String text) {
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      int depth = 0;
      do {
        switch (parser.next()) {
          case START_OBJECT, START_ARRAY -> depth++;
          case END_OBJECT, END_ARRAY -> depth--;
          case VALUE_NUMBER -> {
            if (LONG_NUMBER.matcher(parser.getString()).find()) {
              throw malformed();
            }
          }
          case KEY_NAME, VALUE_STRING, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {}
        }
        if (depth > MAX_DEPTH) {
          throw malformed();
        }
      } while (depth > 0);
    }
  }

  private static JsonObject object(String text) {
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      if (parser.next() != JsonParser.Event.START_OBJECT) {
        throw malformed();
      }
      JsonObject object = parser.getObject();
      int end = (int) parser.getLocation().getStreamOffset();
      if (!text.substring(end).isBlank()) {
        throw malformed();
      }
      return object;
    }
  }

  static ProblemException malformed() {
    return Problem.of(
            "json-malformed", 400, "The body is no JSON object", "A JSON object is expected here.")
        .asException();
  }

  static ProblemException wrong(String pointer, String detail) {
    return Problem.of("state-invalid", 422, "The value cannot be used", detail)
        .at(pointer)
        .asException();
  }
}
