package org.framecast.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** The list of all rules. */
final class EveryRule {
  private EveryRule() {}

  static List<ArchRule> all() {
    List<ArchRule> rules = new ArrayList<>();
    rules.add(Rules.webIsUsedByNobody());
    rules.add(Rules.theApplicationIsUsedOnlyByTheEdge());
    rules.add(Rules.librariesKnowNoServer());
    rules.addAll(Rules.streamOrder());
    rules.add(Rules.streamHasNoOtherPackages());
    rules.add(Rules.mediaKnowsOnlyJava());
    rules.addAll(Rules.librariesStayInTheirAdapters());
    rules.addAll(Rules.adaptersAreNamedByNobody());
    rules.addAll(Rules.noCycles());
    rules.add(Rules.noDustbins());
    rules.add(Rules.noOwnThreads());
    rules.add(Rules.noParallelStreams());
    rules.add(Rules.asyncNamesItsExecutor());
    rules.add(Rules.noSleep());
    rules.add(Rules.noStandardStreams());
    rules.add(Rules.noGenericExceptions());
    rules.add(Rules.noWallClockOnTheDataPlane());
    return rules;
  }
}
