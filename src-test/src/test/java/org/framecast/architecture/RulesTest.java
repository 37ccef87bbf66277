package org.framecast.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule finds the class that breaks it. */
class RulesTest {
  private static final JavaClasses BROKEN =
      new ClassFileImporter()
          .withImportOption((Location location) -> location.contains("/brokenrule/"))
          .importPackages("org.framecast");

  @ParameterizedTest(name = "{1}")
  @MethodSource("brokenRules")
  void finds(List<ArchRule> rules, String breaker) {
    assertTrue(BROKEN.stream().anyMatch(type -> type.getSimpleName().equals(breaker)));
    assertTrue(
        rules.stream()
            .flatMap(rule -> rule.evaluate(BROKEN).getFailureReport().getDetails().stream())
            .anyMatch(detail -> detail.contains(breaker)),
        breaker);
  }

  @ParameterizedTest
  @MethodSource("blameless")
  void blamesNoOther(ArchRule rule, String blameless) {
    assertFalse(
        rule.evaluate(BROKEN).getFailureReport().getDetails().stream()
            .anyMatch(detail -> detail.contains("." + blameless + " ")));
  }

  static Stream<Arguments> brokenRules() {
    return Stream.of(
        arguments(List.of(Rules.webIsUsedByNobody()), "UsesTheEdge"),
        arguments(List.of(Rules.theApplicationIsUsedOnlyByTheEdge()), "UsesTheApplication"),
        arguments(List.of(Rules.librariesKnowNoServer()), "UsesJakarta"),
        arguments(Rules.streamOrder(), "UsesLater"),
        arguments(List.of(Rules.mediaKnowsOnlyJava()), "UsesLater"),
        arguments(Rules.noCycles(), "UsesLater"),
        arguments(List.of(Rules.streamHasNoOtherPackages()), "Homeless"),
        arguments(Rules.librariesStayInTheirAdapters(), "UsesJna"),
        arguments(Rules.adaptersAreNamedByNobody(), "NamesAnAdapter"),
        arguments(List.of(Rules.noDustbins()), "Dustbin"),
        arguments(List.of(Rules.noOwnThreads()), "StartsAThread"),
        arguments(List.of(Rules.noOwnThreads()), "BuildsAThread"),
        arguments(List.of(Rules.noOwnThreads()), "OwnsAnExecutor"),
        arguments(List.of(Rules.noParallelStreams()), "GoesParallel"),
        arguments(List.of(Rules.asyncNamesItsExecutor()), "RunsOnTheCommonPool"),
        arguments(List.of(Rules.noSleep()), "Sleeps"),
        arguments(List.of(Rules.noStandardStreams()), "Prints"),
        arguments(List.of(Rules.noGenericExceptions()), "ThrowsAnything"),
        arguments(List.of(Rules.noWallClockOnTheDataPlane()), "ReadsTheWallClock"));
  }

  static Stream<Arguments> blameless() {
    return Stream.of(
        arguments(Rules.noSleep(), "Prints"),
        arguments(Rules.noOwnThreads(), "GoesParallel"),
        arguments(Rules.noDustbins(), "Homeless"));
  }
}
