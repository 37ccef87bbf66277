package org.framecast.stream.webrtc;

import org.jspecify.annotations.Nullable;

/**
 * Which numbers one viewer's packets have: an unbroken row, whatever was left out or taken from
 * another rendition. The last changes are remembered, so that a number that the viewer names can be
 * traced to the packet that it was given to.
 *
 * <p><b>Thread:</b> the track's sender.
 */
final class TrackNumbers {
  private static final int EPOCHS = 16;

  /** Two pictures of one time still differ: a millisecond at 90 kHz. */
  private static final int STEP = 90;

  /** Further back than this, the source has begun anew. */
  private static final int MAX_BACK = 90_000;

  // A run of packets whose numbers differ from the rendition's by the same offsets.
  private final @Nullable Lane[] lanes = new Lane[EPOCHS];
  private final long[] firstSequences = new long[EPOCHS];
  private final long[] firstPackets = new long[EPOCHS];
  private final int[] timeOffsets = new int[EPOCHS];
  private final int[] pictureOffsets = new int[EPOCHS];
  private int epochs;

  private final long start;
  private long nextSequence;
  private int timeOffset;
  private int lastTime;
  private int lastPicture;
  private boolean any;

  /**
   * @param firstSequence of the first packet
   * @param timeOffset of all packets from the stream's own time
   * @param firstPicture the number of the first picture
   */
  TrackNumbers(int firstSequence, int timeOffset, int firstPicture) {
    // One round ahead, so that no number before the first is taken for one that was sent.
    start = firstSequence + 0x1_0000L;
    nextSequence = start;
    this.timeOffset = timeOffset;
    lastPicture = firstPicture - 1;
  }

  /**
   * Gives the packets of a unit their numbers.
   *
   * @param packet the first of them, by the lane's count
   * @param time the lane's RTP time
   * @param picture the lane's picture number, or -1
   */
  void place(Lane lane, long packet, int count, int time, int picture) {
    int offset = timeOffsetFor(time);
    int last = (epochs - 1) & (EPOCHS - 1);
    boolean continues =
        any
            && lanes[last] == lane
            && packet - firstPackets[last] == nextSequence - firstSequences[last]
            && timeOffsets[last] == offset;
    if (!continues) {
      last = epochs & (EPOCHS - 1);
      lanes[last] = lane;
      firstSequences[last] = nextSequence;
      firstPackets[last] = packet;
      timeOffsets[last] = offset;
      pictureOffsets[last] = lastPicture + 1 - picture;
      epochs++;
    }
    any = true;
    nextSequence += count;
    lastTime = time + offset;
    lastPicture = picture + pictureOffsets[last];
  }

  private int timeOffsetFor(int time) {
    int ahead = time + timeOffset - lastTime;
    if (!any || ahead > 0) {
      return timeOffset;
    }
    int offset = lastTime + STEP - time;
    if (ahead < -MAX_BACK) {
      timeOffset = offset;
    }
    return offset;
  }

  /** Whether a unit of that time comes after all that was placed. */
  boolean isLater(int time) {
    return !any || time + timeOffset - lastTime > 0;
  }

  /** The sequence number of the next packet. */
  int next() {
    return (int) (nextSequence & 0xffff);
  }

  /** The RTP time of the unit that was placed last. */
  int time() {
    return lastTime;
  }

  /** The picture number of the unit that was placed last. */
  int picture() {
    return lastPicture & 0x7fff;
  }

  /** Between the stream's time and the viewer's. */
  int timeOffset() {
    return timeOffset;
  }

  /** Changes of the offsets so far. */
  int epochs() {
    return epochs;
  }

  /**
   * Which epoch a packet was sent in.
   *
   * @param sequence as the viewer names it
   * @return -1 when it was not sent, or too long ago
   */
  int find(int sequence) {
    long full = extend(sequence);
    if (full < start) {
      return -1;
    }
    for (int i = epochs - 1; i >= Math.max(0, epochs - EPOCHS); i--) {
      int epoch = i & (EPOCHS - 1);
      if (full >= firstSequences[epoch]) {
        return epoch;
      }
    }
    return -1;
  }

  private long extend(int sequence) {
    long back = (nextSequence - 1 - sequence) & 0xffff;
    return nextSequence - 1 - back;
  }

  /** The lane that the epoch's packets are from. */
  Lane lane(int epoch) {
    Lane lane = lanes[epoch];
    if (lane == null) {
      throw new IllegalStateException("an epoch that never was");
    }
    return lane;
  }

  /** The lane's count of the packet that the viewer knows by that number. */
  long packet(int epoch, int sequence) {
    return firstPackets[epoch] + extend(sequence) - firstSequences[epoch];
  }

  int timeOffset(int epoch) {
    return timeOffsets[epoch];
  }

  int pictureOffset(int epoch) {
    return pictureOffsets[epoch];
  }
}
