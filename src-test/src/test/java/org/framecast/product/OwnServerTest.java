package org.framecast.product;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** A test that starts a server without saying so would meet another one's on the same ports. */
class OwnServerTest {
  @Test
  void whoeverStartsAServerSaysSo() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("IT")
        .and()
        .areNotAnnotatedWith(OwnServer.class)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ServerProcess.class, DocumentServer.class, RunningCommand.class)
        .check(new ClassFileImporter().importPackages("org.framecast.product"));
  }
}
