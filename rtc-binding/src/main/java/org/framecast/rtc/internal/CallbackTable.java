package org.framecast.rtc.internal;

import com.sun.jna.Callback;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The C function pointers that lead into Java: one of each kind for the whole process, whatever the
 * number of peers. The object's id says whom a call is for.
 *
 * <p><b>Thread</b>: a native thread becomes a daemon thread of the JVM at its first call and stays
 * one until it ends, so that the number of Java threads is the library's number of threads. (JNA's
 * default makes a new Java thread for each call.)
 *
 * <p><b>Ownership</b>: must be strongly reachable while the library may call, which is until its
 * cleanup is done; JNA holds callbacks weakly.
 */
public final class CallbackTable {
  /** Java's name of a native thread begins with this. */
  public static final String THREAD_NAME_PREFIX = "rtc-native-";

  private static final AtomicInteger THREAD_NUMBER = new AtomicInteger();

  private final NativeEvents events;
  private final CallbackThreadInitializer threads =
      new CallbackThreadInitializer(true, false) {
        @Override
        public String getName(Callback callback) {
          return THREAD_NAME_PREFIX + THREAD_NUMBER.incrementAndGet();
        }
      };

  private final List<Callback> all = new ArrayList<>();

  private final RtcFunctions.LogFunction log;
  private final RtcFunctions.DescriptionFunction localDescription;
  private final RtcFunctions.CandidateFunction localCandidate;
  private final RtcFunctions.PeerNumberFunction state;
  private final RtcFunctions.PeerNumberFunction iceState;
  private final RtcFunctions.PeerNumberFunction gatheringState;
  private final RtcFunctions.PeerNumberFunction signalingState;
  private final RtcFunctions.PeerNumberFunction track;
  private final RtcFunctions.TrackFunction open;
  private final RtcFunctions.TrackFunction closed;
  private final RtcFunctions.TrackErrorFunction error;
  private final RtcFunctions.TrackMessageFunction message;
  private final RtcFunctions.TrackFunction pictureLoss;
  private final RtcFunctions.TrackNumberFunction bitrate;

  public CallbackTable(NativeEvents events) {
    this.events = events;
    log = threaded((level, text) -> guarded(() -> events.logged(level, NativeStrings.read(text))));
    localDescription =
        threaded(
            (peer, sdp, type, user) ->
                guarded(
                    () ->
                        events.localDescription(
                            peer, NativeStrings.read(sdp), NativeStrings.read(type))));
    localCandidate =
        threaded(
            (peer, candidate, mid, user) ->
                guarded(
                    () ->
                        events.localCandidate(
                            peer, NativeStrings.read(candidate), NativeStrings.read(mid))));
    state = threaded((peer, value, user) -> guarded(() -> events.stateChanged(peer, value)));
    iceState = threaded((peer, value, user) -> guarded(() -> events.iceStateChanged(peer, value)));
    gatheringState =
        threaded((peer, value, user) -> guarded(() -> events.gatheringStateChanged(peer, value)));
    signalingState =
        threaded((peer, value, user) -> guarded(() -> events.signalingStateChanged(peer, value)));
    track = threaded((peer, value, user) -> guarded(() -> events.trackAdded(peer, value)));
    open = threaded((id, user) -> guarded(() -> events.opened(id)));
    closed = threaded((id, user) -> guarded(() -> events.closed(id)));
    error =
        threaded(
            (id, reason, user) -> guarded(() -> events.failed(id, NativeStrings.read(reason))));
    message = threaded((id, data, size, user) -> guarded(() -> events.message(id, data, size)));
    pictureLoss = threaded((id, user) -> guarded(() -> events.pictureLost(id)));
    bitrate = threaded((id, value, user) -> guarded(() -> events.bitrateEstimated(id, value)));
  }

  private <C extends Callback> C threaded(C callback) {
    Native.setCallbackThreadInitializer(callback, threads);
    all.add(callback);
    return callback;
  }

  /** Makes JNA, which outlives a deployment, forget this object. No thread may call any more. */
  void detach() {
    JnaCaches.forget(all);
  }

  /** Registers everything a peer can tell: to be called before it gets a description. */
  public int attachPeer(int peer) {
    return firstError(
        RtcFunctions.rtcSetStateChangeCallback(peer, state),
        RtcFunctions.rtcSetIceStateChangeCallback(peer, iceState),
        RtcFunctions.rtcSetGatheringStateChangeCallback(peer, gatheringState),
        RtcFunctions.rtcSetSignalingStateChangeCallback(peer, signalingState),
        RtcFunctions.rtcSetLocalDescriptionCallback(peer, localDescription),
        RtcFunctions.rtcSetLocalCandidateCallback(peer, localCandidate),
        RtcFunctions.rtcSetTrackCallback(peer, track));
  }

  /** Registers what every track can tell. */
  public int attachTrack(int id) {
    return firstError(
        RtcFunctions.rtcSetOpenCallback(id, open),
        RtcFunctions.rtcSetClosedCallback(id, closed),
        RtcFunctions.rtcSetErrorCallback(id, error),
        RtcFunctions.rtcSetMessageCallback(id, message));
  }

  public int chainPictureLoss(int id) {
    return RtcFunctions.rtcChainPliHandler(id, pictureLoss);
  }

  public int chainBitrate(int id) {
    return RtcFunctions.rtcChainRembHandler(id, bitrate);
  }

  void attachLog(int level) {
    RtcFunctions.rtcInitLogger(level, log);
  }

  private static int firstError(int... results) {
    for (int result : results) {
      if (result < 0) {
        return result;
      }
    }
    return 0;
  }

  private void guarded(Runnable event) {
    try {
      event.run();
    } catch (Throwable failure) {
      try {
        events.callbackFailed(failure);
      } catch (Throwable ignored) {
        // Nothing may leave into C, not even the failure of the report.
      }
    }
  }
}
