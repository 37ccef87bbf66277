package org.framecast.rtc;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which of the library's own RTCP handlers work on a track.
 *
 * @param nackHistoryPackets how many sent packets the library keeps, copied, to answer NACKs by
 *     itself; 0 means that it does not, and the NACKs reach {@link Track.Listener#rtcpReceived}
 */
public record TrackOptions(Set<Feedback> feedback, int nackHistoryPackets) {
  /** A handler for one kind of RTCP. */
  public enum Feedback {
    /** PLI and FIR lead to {@link Track.Listener#pictureLost}. */
    PICTURE_LOSS,
    /** REMB leads to {@link Track.Listener#bitrateEstimated}. */
    BITRATE,
    /**
     * For a track that receives: answers sender reports, and makes {@link Track#requestKeyframe}
     * and {@link Track#requestBitrate} work. It keeps RTCP to itself.
     */
    RECEIVING_SESSION
  }

  public TrackOptions {
    feedback = Set.copyOf(feedback);
    if (nackHistoryPackets < 0) {
      throw new IllegalArgumentException("a negative history: " + nackHistoryPackets);
    }
  }

  /** Raw RTP and RTCP both ways, no handler. */
  public static TrackOptions raw() {
    return new TrackOptions(Set.of(), 0);
  }

  /** For a track that sends video: PLI and REMB are reported, NACKs reach Java. */
  public static TrackOptions sending() {
    return new TrackOptions(EnumSet.of(Feedback.PICTURE_LOSS, Feedback.BITRATE), 0);
  }

  /** For a track that receives. */
  public static TrackOptions receiving() {
    return new TrackOptions(EnumSet.of(Feedback.RECEIVING_SESSION), 0);
  }

  /**
   * The library answers NACKs from its own history: the last packets that were sent on this track.
   * RTCP sent on such a track enters the history too, so that sender reports take the place of an
   * RTP packet in it.
   */
  public TrackOptions withNackHistory(int packets) {
    return new TrackOptions(feedback, packets);
  }
}
