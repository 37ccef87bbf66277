package org.framecast.stream.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value of a document and where it stands.
 *
 * <p><b>Throws:</b> {@link DocumentException} that names the part, for a value of another type, an
 * unknown member or one that is missing.
 *
 * @param pointer as in RFC 6901
 */
record DocumentPart(Object value, String pointer) {
  /** As in thread names, file names and paths of URLs. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  /** Its members, none of which has another name than these. */
  Map<String, DocumentPart> members(List<String> known) {
    Map<String, DocumentPart> members = members();
    members.forEach(
        (name, member) -> {
          if (!known.contains(name)) {
            throw new DocumentException(
                member.pointer, "is not known here; the members are " + String.join(", ", known));
          }
        });
    return members;
  }

  private Map<String, DocumentPart> members() {
    if (!(value instanceof Map<?, ?> map)) {
      throw new DocumentException(pointer, "must be an object");
    }
    Map<String, DocumentPart> members = new LinkedHashMap<>();
    map.forEach((name, member) -> members.put((String) name, below(name, member)));
    return members;
  }

  /** Its items, at most so many. */
  List<DocumentPart> items(int max) {
    if (!(value instanceof List<?> list)) {
      throw new DocumentException(pointer, "must be an array");
    }
    if (list.size() > max) {
      throw new DocumentException(pointer, "must have at most " + max + " items");
    }
    List<DocumentPart> items = new ArrayList<>();
    for (Object item : list) {
      items.add(below(items.size(), item));
    }
    return items;
  }

  private DocumentPart below(Object step, Object part) {
    String escaped = step.toString().replace("~", "~0").replace("/", "~1");
    return new DocumentPart(part, pointer + "/" + escaped);
  }

  String text() {
    if (!(value instanceof String text)) {
      throw new DocumentException(pointer, "must be a text");
    }
    return text;
  }

  /** A text that can name a stream, a thread and a file. */
  String plainName() {
    String text = text();
    if (!NAME.matcher(text).matches()) {
      throw new DocumentException(
          pointer, "must be 1 to 40 lower case letters, digits and hyphens, no hyphen first");
    }
    return text;
  }

  int whole(int min, int max) {
    if (!(value instanceof Double number)
        || number != Math.rint(number)
        || number < min
        || number > max) {
      throw new DocumentException(pointer, "must be a whole number from " + min + " to " + max);
    }
    return number.intValue();
  }

  /** Its members as options; which there are is the components' to say. */
  Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    members().forEach((name, part) -> options.put(name, part.value));
    return options;
  }

  /** The member of that name, which must be there. */
  DocumentPart required(Map<String, DocumentPart> members, String name) {
    return Optional.ofNullable(members.get(name))
        .orElseThrow(() -> new DocumentException(pointer, "needs the member " + name));
  }
}
