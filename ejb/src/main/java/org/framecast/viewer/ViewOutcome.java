package org.framecast.viewer;

import org.framecast.auth.Secret;
import org.framecast.problem.Problem;

/** What a wish to watch came to. */
public sealed interface ViewOutcome {
  /**
   * There is a viewer.
   *
   * @param secret the last part of its session's URL; kept nowhere as text
   */
  record Answered(String answer, Secret secret, WhepSession session) implements ViewOutcome {}

  /** There is none. */
  record Refused(Problem problem) implements ViewOutcome {}
}
