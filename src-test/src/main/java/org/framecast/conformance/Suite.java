package org.framecast.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All checks of a protocol, in the order of the clauses. */
public final class Suite {
  private Suite() {}

  public static List<Check> of(Endpoint.Protocol protocol) {
    List<Check> checks = new ArrayList<>(HttpChecks.all());
    checks.addAll(SessionChecks.all());
    switch (protocol) {
      case WHEP -> {
        checks.addAll(WhepChecks.all());
        checks.addAll(EventChecks.all());
      }
      case WHIP -> checks.addAll(WhipChecks.all());
    }
    checks.addAll(RobustChecks.all());
    checks.sort(Comparator.comparingInt(Check::number).thenComparing(Check::clause));
    return List.copyOf(checks);
  }
}
