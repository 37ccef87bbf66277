package org.framecast.web.session;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
    byte[] bytes = BodyReader.read(body, MAX_BYTES);
    return new String(bytes, StandardCharsets.UTF_8).isBlank()
        ? JsonObject.EMPTY_JSON_OBJECT
        : parse(bytes);
  }

  static JsonObject read(InputStream body) {
    return parse(BodyReader.read(body, MAX_BYTES));
  }

  private static JsonObject parse(byte[] bytes) {
    if (depth(bytes) > MAX_DEPTH || LONG_NUMBER.matcher(text(bytes)).find()) {
      throw malformed();
    }
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
      return reader.readObject();
    } catch (JsonException | IllegalStateException e) {
      throw malformed();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Brackets in strings count too: too strict for odd text, never too lax. */
  private static int depth(byte[] bytes) {
    int depth = 0;
    int deepest = 0;
    for (byte b : bytes) {
      if (b == '{' || b == '[') {
        deepest = Math.max(deepest, ++depth);
      } else if (b == '}' || b == ']') {
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
