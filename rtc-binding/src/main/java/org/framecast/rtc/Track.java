package org.framecast.rtc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.framecast.rtc.internal.NativeStrings;
import org.framecast.rtc.internal.RtcFunctions;
import org.jspecify.annotations.Nullable;

/**
 * One media section of a peer connection: raw RTP and RTCP packets in both directions.
 *
 * <p><b>Thread</b>: any; {@link #send} may be called from several threads, and packets then go out
 * in some order.
 *
 * <p><b>Ownership</b>: belongs to its peer, which closes it.
 */
public final class Track implements AutoCloseable {
  /**
   * What a track tells.
   *
   * <p><b>Thread</b>: a native thread. Packets, {@link #pictureLost} and {@link #bitrateEstimated}
   * come on the network thread, which with {@link UdpPort#SHARED} serves every peer, and the peer
   * is locked: copy, enqueue, return. What a listener throws is logged and dropped.
   */
  public interface Listener {
    /** DTLS is done: packets can be sent. */
    default void opened(Track track) {}

    /** Nothing can be sent any more. */
    default void closed(Track track) {}

    default void failed(Track track, String reason) {}

    /** An RTP packet; the segment is valid during the call only, and read-only. */
    default void rtpReceived(Track track, MemorySegment packet) {}

    /**
     * A compound RTCP packet; the segment is valid during the call only, and read-only. With
     * several tracks on a peer it may come to each of them, and more than once.
     */
    default void rtcpReceived(Track track, MemorySegment packet) {}

    /** The receiver needs a keyframe. Needs {@link TrackOptions.Feedback#PICTURE_LOSS}. */
    default void pictureLost(Track track) {}

    /** The receiver's estimate (REMB). Needs {@link TrackOptions.Feedback#BITRATE}. */
    default void bitrateEstimated(Track track, long bitrateBps) {}
  }

  private static final Listener NONE = new Listener() {};

  private final RtcLibrary library;
  private final PeerConnection peer;
  private final int id;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<@Nullable Listener> listener = new AtomicReference<>();
  private volatile boolean open;

  Track(RtcLibrary library, PeerConnection peer, int id) {
    this.library = library;
    this.peer = peer;
    this.id = id;
  }

  /** The library's number of this track: unique in the process, for logs. */
  public int id() {
    return id;
  }

  public PeerConnection peer() {
    return peer;
  }

  /** Whether packets can be sent now. */
  public boolean isOpen() {
    return open;
  }

  /** The mid of the media section. */
  public String mid() {
    return text("Reading a mid", (buffer, size) -> RtcFunctions.rtcGetTrackMid(id, buffer, size));
  }

  /** The media section as this side describes it. */
  public String description() {
    return text(
        "Reading a media section",
        (buffer, size) -> RtcFunctions.rtcGetTrackDescription(id, buffer, size));
  }

  /**
   * Takes a track that the other side offered. Only within {@link
   * PeerConnection.Listener#incomingTrack}.
   */
  public void accept(TrackOptions options, Listener trackListener) {
    attach(options, trackListener);
  }

  /**
   * Sends one RTP or RTCP packet. The library has copied it when this returns. Allocates nothing on
   * the Java heap.
   *
   * @param packets off-heap memory
   * @throws IllegalArgumentException for memory on the heap
   * @throws IndexOutOfBoundsException for bytes outside of the segment
   */
  public SendResult send(MemorySegment packets, long offset, int sizeBytes) {
    if (!packets.isNative()) {
      throw new IllegalArgumentException("packets are sent from off-heap memory");
    }
    Objects.checkFromIndexSize(offset, sizeBytes, packets.byteSize());
    return send(packets.address() + offset, sizeBytes);
  }

  /**
   * Sends the bytes at an address, unchecked.
   *
   * @see #send(MemorySegment, long, int)
   */
  public SendResult send(long address, int sizeBytes) {
    if (!open) {
      return SendResult.NOT_OPEN;
    }
    CallGate gate = library.gate();
    if (!gate.enter()) {
      return SendResult.NOT_OPEN;
    }
    try {
      return RtcFunctions.rtcSendMessage(id, address, sizeBytes) < 0
          ? SendResult.REFUSED
          : SendResult.SENT;
    } finally {
      gate.exit();
    }
  }

  /**
   * Sends RTP or RTCP packets in one call, up to the first that the socket does not take. The
   * library has copied them when this returns. Allocates nothing on the Java heap.
   *
   * @param packets off-heap memory
   * @param offset of the first packet; the others follow at equal distances
   * @param sizes off-heap; one {@code int} for each packet, in the machine's order
   * @return how many were sent, the first ones in order; 0 while the track is not open
   * @throws IllegalArgumentException for memory on the heap
   * @throws IndexOutOfBoundsException for packets or sizes outside of their segments
   */
  public int send(
      MemorySegment packets, long offset, int strideBytes, MemorySegment sizes, int count) {
    if (!packets.isNative() || !sizes.isNative()) {
      throw new IllegalArgumentException("packets are sent from off-heap memory");
    }
    Objects.checkFromIndexSize(0, (long) count * Integer.BYTES, sizes.byteSize());
    if (count == 0) {
      return 0;
    }
    long last = offset + (long) strideBytes * (count - 1);
    Objects.checkFromIndexSize(offset, last - offset + 1, packets.byteSize());
    int lastSize = sizes.getAtIndex(ValueLayout.JAVA_INT, count - 1);
    Objects.checkFromIndexSize(last, lastSize, packets.byteSize());
    if (!open) {
      return 0;
    }
    CallGate gate = library.gate();
    if (!gate.enter()) {
      return 0;
    }
    try {
      return Math.max(
          0,
          RtcFunctions.rtcSendPackets(
              id, packets.address() + offset, strideBytes, sizes.address(), count));
    } finally {
      gate.exit();
    }
  }

  /** Asks the sender for a keyframe. Needs {@link TrackOptions.Feedback#RECEIVING_SESSION}. */
  public void requestKeyframe() {
    library.call("Asking for a keyframe", () -> RtcFunctions.rtcRequestKeyframe(id));
  }

  /**
   * Tells the sender what bitrate to keep to, by REMB. Needs {@link
   * TrackOptions.Feedback#RECEIVING_SESSION}.
   */
  public void requestBitrate(int bitrateBps) {
    library.call("Asking for a bitrate", () -> RtcFunctions.rtcRequestBitrate(id, bitrateBps));
  }

  /** Closes the media section; the peer stays. */
  @Override
  public void close() {
    if (!closed.get() && library.gate().enter()) {
      try {
        delete();
      } finally {
        library.gate().exit();
      }
    }
  }

  void delete() {
    if (closed.compareAndSet(false, true)) {
      open = false;
      RtcFunctions.rtcDeleteTrack(id);
      library.registry().removeTrack(id);
      peer.forget(this);
    }
  }

  @Override
  public String toString() {
    return "track " + id + " of " + peer;
  }

  boolean isAccepted() {
    return listener.get() != null;
  }

  void attach(TrackOptions options, Listener trackListener) {
    listener.set(trackListener);
    library.registry().add(id, this);
    try {
      library.call("Listening to a track", () -> library.callbacks().attachTrack(id));
      for (TrackOptions.Feedback feedback : TrackOptions.Feedback.values()) {
        if (options.feedback().contains(feedback)) {
          library.call("Handling " + feedback, () -> chain(feedback));
        }
      }
      if (options.nackHistoryPackets() > 0) {
        library.call(
            "Answering NACKs",
            () -> RtcFunctions.rtcChainRtcpNackResponder(id, options.nackHistoryPackets()));
      }
    } catch (RtcException e) {
      delete();
      throw e;
    }
  }

  private int chain(TrackOptions.Feedback feedback) {
    return switch (feedback) {
      case PICTURE_LOSS -> library.callbacks().chainPictureLoss(id);
      case BITRATE -> library.callbacks().chainBitrate(id);
      case RECEIVING_SESSION -> RtcFunctions.rtcChainRtcpReceivingSession(id);
    };
  }

  void onOpened() {
    open = true;
    if (closed.get()) {
      open = false;
    }
    listener().opened(this);
  }

  void onClosed() {
    open = false;
    listener().closed(this);
  }

  void onFailed(String reason) {
    listener().failed(this, reason);
  }

  void onMessage(long address, int sizeBytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment packet =
          MemorySegment.ofAddress(address).reinterpret(sizeBytes, arena, null).asReadOnly();
      if (RtcpPackets.isRtcp(packet)) {
        listener().rtcpReceived(this, packet);
      } else {
        listener().rtpReceived(this, packet);
      }
    }
  }

  void onPictureLost() {
    listener().pictureLost(this);
  }

  void onBitrateEstimated(long bitrateBps) {
    listener().bitrateEstimated(this, bitrateBps);
  }

  private Listener listener() {
    Listener attached = listener.get();
    return attached == null ? NONE : attached;
  }

  private String text(String what, NativeStrings.Reader reader) {
    return library.within(
        what,
        () -> {
          NativeStrings.Result result = NativeStrings.read(reader);
          return result
              .text()
              .orElseGet(
                  () -> {
                    NativeErrors.check(result.code(), what);
                    return "";
                  });
        });
  }
}
