package org.framecast.publish;

import org.framecast.auth.Secret;
import org.framecast.problem.Problem;

/** What a wish to send came to. */
public sealed interface PublishOutcome {
  /**
   * There is a publisher.
   *
   * @param secret the last part of its session's URL; kept nowhere as text
   */
  record Answered(String answer, Secret secret, WhipSession session) implements PublishOutcome {}

  /** There is none. */
  record Refused(Problem problem) implements PublishOutcome {}
}
