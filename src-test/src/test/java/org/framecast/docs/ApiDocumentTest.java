package org.framecast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The API's documents name what the server has: its paths, its methods, its codes. */
class ApiDocumentTest {
  private static final String DOCUMENTS = "web/src/main/webapp/docs/";
  private static final Pattern CLASS_PATH =
      Pattern.compile(
          "@Path\\(\"([^\"]+)\"\\)\\s+(?:@\\w+(?:\\([^)]*\\))?\\s+)*public (?:final )?class");
  private static final Pattern PARENT = Pattern.compile("class \\w+ extends (\\w+)");
  private static final Pattern OPERATION =
      Pattern.compile(
          "@(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\\s+(?:@\\w+(?:\\([^)]*\\))?\\s+)*?"
              + "(?:@Path\\(\"([^\"]+)\"\\)\\s+)?(?:@\\w+(?:\\([^)]*\\))?\\s+)*public ");
  private static final Pattern PROBLEM =
      Pattern.compile(
          "Problem\\.of\\(\\s*\"([a-z-]+)\"|\"([a-z]+(?:-[a-z]+)+)\",\\s*[45]\\d\\d\\b");

  private final String openApi = document("openapi.yaml");
  private final String asyncApi = document("asyncapi.yaml");

  private static String document(String name) {
    return SourceTree.read(SourceTree.root().resolve(DOCUMENTS + name));
  }

  private static List<Path> sources(String... folders) {
    return SourceTree.filesEnding(".java").stream()
        .filter(file -> Arrays.stream(folders).anyMatch(SourceTree.relative(file)::startsWith))
        .toList();
  }

  @Test
  void openApiHasThePathsAndMethodsOfTheServer() {
    Set<String> served = new TreeSet<>();
    for (Path source : sources("web/src/main/java/")) {
      String text = SourceTree.read(source);
      Matcher type = CLASS_PATH.matcher(text);
      if (type.find()) {
        OPERATION
            .matcher(text.substring(type.end()) + inherited(text))
            .results()
            .forEach(it -> served.add(operation(type.group(1), it)));
      }
    }
    assertTrue(served.size() > 15, () -> "saw only " + served);
    assertEquals(served, documented());
  }

  /** What a resource's class has from another of the edge. */
  private static String inherited(String text) {
    Matcher parent = PARENT.matcher(text);
    return parent.find()
        ? sources("web/src/main/java/").stream()
            .filter(file -> file.endsWith(parent.group(1) + ".java"))
            .map(SourceTree::read)
            .collect(Collectors.joining())
        : "";
  }

  private static String operation(String base, MatchResult operation) {
    String sub = operation.group(2) == null ? "" : operation.group(2);
    return base + sub + " " + operation.group(1);
  }

  private Set<String> documented() {
    Set<String> operations = new TreeSet<>();
    String path = "";
    for (String line : openApi.lines().dropWhile(it -> !it.equals("paths:")).skip(1).toList()) {
      if (line.matches("\\S.*")) {
        break;
      }
      if (line.matches("  /.*:")) {
        path = line.strip().replaceFirst(":$", "");
      } else if (line.matches("    (get|head|post|put|patch|delete|options):")) {
        operations.add(path + " " + line.strip().replace(":", "").toUpperCase(Locale.ROOT));
      }
    }
    return operations;
  }

  @Test
  void everyProblemCodeIsDocumented() {
    Set<String> codes =
        sources("web/src/main/java/", "ejb/src/main/java/").stream()
            .flatMap(source -> PROBLEM.matcher(SourceTree.read(source)).results())
            .map(it -> it.group(1) == null ? it.group(2) : it.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(codes.size() > 30, () -> "saw only " + codes);
    assertEquals(
        List.of(),
        codes.stream()
            .filter(code -> !openApi.contains("`" + code + "`"))
            .filter(code -> !asyncApi.contains("`" + code + "`"))
            .toList());
  }

  @Test
  void asyncApiHasTheErrorCodesOfTheSocket() {
    String source =
        SourceTree.read(
            SourceTree.root().resolve("ejb/src/main/java/org/framecast/live/StreamEvent.java"));
    String constants = source.substring(source.indexOf("enum Code {"));
    Set<String> sent =
        Pattern.compile("(?m)^ {4}([A-Z_]+)\\(\"")
            .matcher(constants)
            .results()
            .map(it -> it.group(1).toLowerCase(Locale.ROOT).replace('_', '-'))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(sent.size() > 5, () -> "saw only " + sent);
    Matcher listed =
        Pattern.compile("code:\\s+type: string\\s+enum: \\[([^\\]]+)\\]").matcher(asyncApi);
    assertTrue(listed.find());
    assertEquals(sent, new TreeSet<>(List.of(listed.group(1).split(",\\s*"))));
  }
}
