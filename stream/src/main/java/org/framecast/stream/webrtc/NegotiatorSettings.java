package org.framecast.stream.webrtc;

import java.time.Duration;

/**
 * How long a viewer may take.
 *
 * @param answerLimit from the offer to the complete answer
 * @param handshakeLimit from the answer to the connection
 * @param interruptionLimit how long a connection may be interrupted
 * @param videoSilence how long a viewer who is sent pictures may report nothing; receivers report
 *     every second or so
 * @param audioSilence the same for a viewer who is sent sound alone; receivers report every five
 *     seconds or so
 * @param sweepInterval how often these limits are checked
 */
public record NegotiatorSettings(
    Duration answerLimit,
    Duration handshakeLimit,
    Duration interruptionLimit,
    Duration videoSilence,
    Duration audioSilence,
    Duration sweepInterval) {
  public NegotiatorSettings {
    for (Duration limit :
        new Duration[] {
          answerLimit, handshakeLimit, interruptionLimit, videoSilence, audioSilence, sweepInterval
        }) {
      if (limit.isNegative() || limit.isZero()) {
        throw new IllegalArgumentException("a limit of " + limit);
      }
    }
  }

  /** Five seconds for the answer, ten for the handshake; a vanished viewer is gone in seven. */
  public static NegotiatorSettings defaults() {
    return new NegotiatorSettings(
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(4),
        Duration.ofSeconds(6),
        Duration.ofSeconds(10),
        Duration.ofMillis(500));
  }
}
