package org.framecast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The gates stand in the parent of all modules, and no module takes them out. */
class BuildGatesTest {
  private final String parent = SourceTree.read(SourceTree.root().resolve("pom.xml"));

  @Test
  void theParentHasThem() {
    for (String gate :
        List.of(
            "<requireJavaVersion><version>[25,)</version>",
            "<requireMavenVersion><version>[3.8.7,)</version>",
            "<dependencyConvergence/>",
            "<artifactId>spotless-maven-plugin</artifactId>",
            "<goals><goal>check</goal></goals>",
            "<checks.plugin>-Xplugin:ErrorProne ",
            "-Xep:NullAway:ERROR ",
            "<arg>${checks.plugin}</arg>")) {
      assertTrue(parent.contains(gate), gate);
    }
  }

  @Test
  void noModuleTakesThemOut() {
    Pattern out = Pattern.compile("spotless\\.check\\.skip|checks\\.plugin>|enforcer\\.skip");
    assertEquals(
        List.of(),
        SourceTree.filesEnding("pom.xml").stream()
            .filter(file -> !file.equals(SourceTree.root().resolve("pom.xml")))
            .filter(file -> out.matcher(SourceTree.read(file)).find())
            .map(SourceTree::relative)
            .toList());
  }
}
