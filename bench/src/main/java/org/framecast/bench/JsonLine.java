package org.framecast.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of JSON of a client of ours, read by key. It is no parser: the first key of a name
 * counts, which is enough for lines whose keys we choose.
 */
record JsonLine(String text) {
  boolean isEvent(String name) {
    return text.contains("\"event\":\"" + name + "\"");
  }

  /** The number under a key, or NaN. */
  double number(String key) {
    Matcher found = Pattern.compile("\"" + Pattern.quote(key) + "\":(-?[0-9.eE+-]+)").matcher(text);
    return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
  }

  /** The object under a key; an empty one if there is none. */
  JsonLine object(String key) {
    int at = text.indexOf("\"" + key + "\":{");
    if (at < 0) {
      return new JsonLine("{}");
    }
    int start = text.indexOf('{', at);
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return new JsonLine(text.substring(start, i + 1));
      }
    }
    return new JsonLine("{}");
  }

  boolean isEmpty() {
    return text.equals("{}");
  }
}
