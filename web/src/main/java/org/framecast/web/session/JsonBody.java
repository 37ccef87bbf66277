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

  /** Numbers that no option has and whose value is dear to compute; in texts too. */
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
    if (depth(text) > MAX_DEPTH || LONG_NUMBER.matcher(text).find()) {
      throw malformed();
    }
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
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw malformed();
    }
  }

  /** Brackets in strings count too: too strict for odd text, never too lax. */
  private static int depth(String text) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' || c == '[') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return deepest;
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
