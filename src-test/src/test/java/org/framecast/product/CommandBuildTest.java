package org.framecast.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.framecast.product.Command.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code bin/run} has Maven build, and when. A script stands in for Maven: it notes what it
 * was asked for and leaves what Maven would leave.
 */
class CommandBuildTest {
  private static final String MAVEN =
      """
      #!/bin/bash
      if [ "$1" = -v ]; then echo 'Apache Maven 3.9.9 (a stand-in)'; exit 0; fi
      words=$*
      modules=${words##*-pl }
      printf '%s\\n' "$modules" >>../asked
      for module in ${modules//,/ }; do
        echo "[INFO] Building Framecast :: $module 0.1.0-SNAPSHOT                 [1/1]"
      done
      case $modules in *wildfly-config*) mkdir -p wildfly-config/target/server/modules ;; esac
      case $modules in *ear*) mkdir -p ear/target; echo ear >ear/target/framecast.ear ;; esac
      sleep 0.5
      """;

  @TempDir Path folder;
  private ScratchCheckout scratch;

  @BeforeEach
  void aCheckout() {
    scratch = ScratchCheckout.in(folder);
    scratch.program("mvn", MAVEN);
  }

  private Ended build() {
    Ended built = scratch.command().run("bin/run", "--build-only");
    assertEquals(0, built.status(), built.printed());
    return built;
  }

  /** What Maven was asked to build since the last question. */
  private String asked() throws IOException {
    Path asked = folder.resolve("asked");
    String modules = scratch.read(folder.resolve("asked").toString()).strip();
    Files.deleteIfExists(asked);
    return modules;
  }

  @Test
  void everythingIsBuiltOnceAndShown() throws IOException {
    Ended first = build();
    assertEquals("wildfly-config,ear", asked());
    assertTrue(first.says("Building: wildfly-config ear"), first.printed());
    assertTrue(first.says("  ear (1/1)"), first.printed());
    Ended second = build();
    assertEquals("", asked());
    assertFalse(second.says("Building"), second.printed());
  }

  @ParameterizedTest
  @CsvSource({
    "stream/src/main/java/module-change.txt, ear",
    "rtc-binding/src/main/java/module-change.txt, ear",
    "ejb/src/main/java/org/framecast/config/package-info.java, ear",
    "web/src/main/webapp/index.html, ear",
    "wildfly-config/src/main/scripts/server.cli, wildfly-config",
    "'pom.xml', 'wildfly-config,ear'"
  })
  void aChangedSourceIsBuiltAnew(String source, String modules) throws IOException {
    build();
    asked();
    scratch.write(scratch.root().resolve(source), scratch.read(source) + "\n");
    build();
    assertEquals(modules, asked());
    build();
    assertEquals("", asked());
  }

  @ParameterizedTest
  @CsvSource({
    "ear/target/framecast.ear, ear",
    "wildfly-config/target/server/modules, wildfly-config"
  })
  void whatIsMissingIsBuiltAnew(String built, String modules) throws IOException {
    build();
    asked();
    Files.delete(scratch.root().resolve(built));
    build();
    assertEquals(modules, asked());
  }

  @Test
  void aBuildThatFailsIsToldAndTriedAgain() throws IOException {
    scratch.program(
        "mvn",
        """
        #!/bin/bash
        if [ "$1" = -v ]; then echo 'Apache Maven 3.9.9'; exit 0; fi
        echo '[ERROR] Nothing of it compiles'
        exit 1
        """);
    Ended failed = scratch.command().run("bin/run", "--build-only");
    assertEquals(1, failed.status(), failed.printed());
    assertTrue(failed.says("[ERROR] Nothing of it compiles"), failed.printed());
    assertTrue(failed.error().contains(".run/build.log"), failed.printed());
    scratch.program("mvn", MAVEN);
    build();
    assertEquals("wildfly-config,ear", asked());
  }

  @Test
  void anOldMavenIsNamed() {
    scratch.program("mvn", "#!/bin/sh\necho 'Apache Maven 3.6.3'\n");
    Ended refused = scratch.command().run("bin/run", "--build-only");
    assertEquals(1, refused.status(), refused.printed());
    assertTrue(
        refused.error().contains("Maven 3.8.7 or newer is needed (found 3.6.3)"),
        refused.printed());
  }
}
