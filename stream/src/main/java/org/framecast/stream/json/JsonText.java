package org.framecast.stream.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON text into maps, lists, strings, doubles and booleans; null members are left out.
 *
 * <p>Strict, and no deeper than 32 levels: it reads manifests and documents, not traffic.
 *
 * <p><b>Throws:</b> {@link IllegalArgumentException} with the place of the fault, in words of its
 * own.
 *
 * <p><b>Source:</b> RFC 8259.
 */
public final class JsonText {
  private static final int MAX_DEPTH = 32;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  /** Reads one value and nothing after it. */
  public static Object parse(String text) {
    JsonText reader = new JsonText(text);
    Object value = reader.value(0);
    reader.skipSpace();
    if (value == null || reader.at != text.length()) {
      throw reader.wrong("nothing, or something after the end");
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    skipSpace();
    if (depth > MAX_DEPTH) {
      throw wrong("too deep");
    }
    if (at == text.length()) {
      throw wrong(text.isBlank() ? "it is empty" : "it is cut off");
    }
    return switch (text.charAt(at)) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    if (follows('}')) {
      return members;
    }
    Set<String> names = new HashSet<>();
    do {
      skipSpace();
      String name = string();
      if (!names.add(name)) {
        throw wrong("a member for the second time");
      }
      expect(':');
      Object value = value(depth + 1);
      if (value != null) {
        members.put(name, value);
      }
    } while (follows(','));
    expect('}');
    return members;
  }

  private List<Object> array(int depth) {
    List<Object> items = new ArrayList<>();
    at++;
    if (follows(']')) {
      return items;
    }
    do {
      Object value = value(depth + 1);
      if (value == null) {
        throw wrong("null in an array");
      }
      items.add(value);
    } while (follows(','));
    expect(']');
    return items;
  }

  private String string() {
    if (at == text.length() || text.charAt(at) != '"') {
      throw wrong("no string");
    }
    at++;
    StringBuilder content = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char next = text.charAt(at++);
      if (next < ' ') {
        throw wrong("a control character");
      }
      content.append(next == '\\' ? escaped() : next);
    }
    expect('"');
    return content.toString();
  }

  private char escaped() {
    if (at == text.length()) {
      throw wrong("too short");
    }
    char kind = text.charAt(at++);
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an unknown escape");
    };
  }

  private char unicode() {
    if (at + 4 > text.length()) {
      throw wrong("too short");
    }
    int value = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = Character.digit(text.charAt(at), 16);
      if (digit < 0 || text.charAt(at) > 'f') {
        throw wrong("no hexadecimal digit");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private Double number() {
    Matcher matcher = NUMBER.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw wrong("no value");
    }
    double value = Double.parseDouble(matcher.group());
    if (Double.isInfinite(value)) {
      throw wrong("too large a number");
    }
    at = matcher.end();
    return value;
  }

  private @Nullable Boolean word(String word, @Nullable Boolean value) {
    if (!text.startsWith(word, at)) {
      throw wrong("no value");
    }
    at += word.length();
    return value;
  }

  private boolean follows(char wanted) {
    skipSpace();
    boolean there = at < text.length() && text.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char wanted) {
    if (!follows(wanted)) {
      throw wrong("no " + wanted);
    }
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String what) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < at; i++) {
      boolean ends = text.charAt(i) == '\n';
      line += ends ? 1 : 0;
      column = ends ? 1 : column + 1;
    }
    return new IllegalArgumentException(what + " at line " + line + ", column " + column);
  }
}
