package org.framecast.rtc.internal;

import com.sun.jna.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The functions of rtc.h that are used, bound by JNA's direct mapping. Addresses are {@code long}s,
 * so that a call allocates nothing; a C {@code bool} is a {@code byte}.
 *
 * <p><b>Throws</b>: {@link UnsatisfiedLinkError} while no library is loaded.
 *
 * <p><b>Source</b>: libdatachannel 0.24, include/rtc/rtc.h
 */
public final class RtcFunctions {
  /** {@code RTC_ERR_NOT_AVAIL}: the element does not exist yet. */
  public static final int NOT_AVAILABLE = -3;

  /** {@code RTC_ERR_TOO_SMALL}: the buffer does not hold the answer. */
  static final int TOO_SMALL = -4;

  private RtcFunctions() {}

  interface LogFunction extends Callback {
    void invoke(int level, long message);
  }

  interface DescriptionFunction extends Callback {
    void invoke(int peer, long sdp, long type, long user);
  }

  interface CandidateFunction extends Callback {
    void invoke(int peer, long candidate, long mid, long user);
  }

  /** Also the shape of the track callback: peer, track. */
  interface PeerNumberFunction extends Callback {
    void invoke(int peer, int number, long user);
  }

  interface TrackFunction extends Callback {
    void invoke(int track, long user);
  }

  interface TrackErrorFunction extends Callback {
    void invoke(int track, long reason, long user);
  }

  interface TrackMessageFunction extends Callback {
    void invoke(int track, long message, int size, long user);
  }

  interface TrackNumberFunction extends Callback {
    void invoke(int track, int number, long user);
  }

  static native void rtcInitLogger(int level, @Nullable LogFunction callback);

  static native int rtcSetThreadPoolSize(int count);

  static native void rtcPreload();

  static native void rtcCleanup();

  public static native int rtcCreatePeerConnection(long configuration);

  public static native int rtcDeletePeerConnection(int peer);

  static native int rtcSetLocalDescriptionCallback(int peer, DescriptionFunction callback);

  static native int rtcSetLocalCandidateCallback(int peer, CandidateFunction callback);

  static native int rtcSetStateChangeCallback(int peer, PeerNumberFunction callback);

  static native int rtcSetIceStateChangeCallback(int peer, PeerNumberFunction callback);

  static native int rtcSetGatheringStateChangeCallback(int peer, PeerNumberFunction callback);

  static native int rtcSetSignalingStateChangeCallback(int peer, PeerNumberFunction callback);

  static native int rtcSetTrackCallback(int peer, PeerNumberFunction callback);

  public static native int rtcSetLocalDescription(int peer, long type);

  public static native int rtcSetRemoteDescription(int peer, long sdp, long type);

  public static native int rtcAddRemoteCandidate(int peer, long candidate, long mid);

  public static native int rtcGetLocalDescription(int peer, long buffer, int sizeBytes);

  public static native int rtcGetLocalDescriptionType(int peer, long buffer, int sizeBytes);

  public static native int rtcGetRemoteDescription(int peer, long buffer, int sizeBytes);

  public static native int rtcGetRemoteDescriptionType(int peer, long buffer, int sizeBytes);

  public static native int rtcGetLocalAddress(int peer, long buffer, int sizeBytes);

  public static native int rtcGetRemoteAddress(int peer, long buffer, int sizeBytes);

  public static native int rtcGetSelectedCandidatePair(
      int peer, long local, int localSizeBytes, long remote, int remoteSizeBytes);

  public static native int rtcAddTrack(int peer, long mediaDescription);

  public static native int rtcDeleteTrack(int track);

  public static native int rtcGetTrackDescription(int track, long buffer, int sizeBytes);

  public static native int rtcGetTrackMid(int track, long buffer, int sizeBytes);

  static native int rtcSetOpenCallback(int track, TrackFunction callback);

  static native int rtcSetClosedCallback(int track, TrackFunction callback);

  static native int rtcSetErrorCallback(int track, TrackErrorFunction callback);

  static native int rtcSetMessageCallback(int track, TrackMessageFunction callback);

  static native int rtcChainPliHandler(int track, TrackFunction callback);

  static native int rtcChainRembHandler(int track, TrackNumberFunction callback);

  public static native int rtcChainRtcpNackResponder(int track, int maxStoredPackets);

  public static native int rtcChainRtcpReceivingSession(int track);

  public static native int rtcRequestKeyframe(int track);

  public static native int rtcRequestBitrate(int track, int bitrateBps);

  /** The hot path: the library copies, encrypts and sends before it returns. */
  public static native int rtcSendMessage(int track, long data, int sizeBytes);

  /**
   * The hot path for the packets of a frame: {@code int} sizes lie at an address of their own.
   *
   * <p><b>Source</b>: rtc-binding/native/patches/03-many-packets.patch
   */
  public static native int rtcSendPackets(
      int track, long first, int strideBytes, long sizes, int count);
}
