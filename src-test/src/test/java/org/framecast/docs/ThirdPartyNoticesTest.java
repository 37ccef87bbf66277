package org.framecast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The notices name the versions that the build uses. */
class ThirdPartyNoticesTest {
  private static final Pattern VERSION =
      Pattern.compile("<version\\.([\\w-]+)>([^<]+)</version\\.\\1>");

  /** APIs that the server provides in the version it has, and processors of its loggers. */
  private static final Set<String> OF_THE_SERVER =
      Set.of(
          "jakartaee",
          "microprofile-config",
          "microprofile-health",
          "microprofile-openapi",
          "jboss-logging-tools",
          "undertow");

  private final String notices =
      SourceTree.read(SourceTree.root().resolve("THIRD-PARTY-NOTICES.md"));

  @Test
  void everyVersionOfTheBuildIsNamed() {
    List<MatchResult> versions =
        VERSION
            .matcher(SourceTree.read(SourceTree.root().resolve("pom.xml")))
            .results()
            .filter(version -> !OF_THE_SERVER.contains(version.group(1)))
            .toList();
    assertTrue(versions.size() > 8, () -> "saw only " + versions.size() + " versions");
    assertEquals(
        List.of(),
        versions.stream()
            .filter(version -> !notices.contains(version.group(2)))
            .map(version -> version.group(1) + " " + version.group(2))
            .toList());
  }

  @Test
  void theNativeLibraryThatIsBuiltIsNamed() {
    String script = SourceTree.read(SourceTree.root().resolve("rtc-binding/native/build.sh"));
    MatchResult version =
        Pattern.compile("readonly VERSION=(\\S+)")
            .matcher(script)
            .results()
            .findFirst()
            .orElseThrow();
    assertTrue(notices.contains("| " + version.group(1) + " | MPL-2.0"), version.group(1));
  }
}
