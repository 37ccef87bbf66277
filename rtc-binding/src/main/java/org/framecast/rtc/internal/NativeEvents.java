package org.framecast.rtc.internal;

/**
 * What the library tells Java. Numbers are the C API's own: object ids and enum values.
 *
 * <p><b>Thread</b>: called on the library's threads, some while it holds its locks. {@link
 * CallbackTable} catches what an implementation throws.
 */
public interface NativeEvents {
  void stateChanged(int peer, int state);

  void iceStateChanged(int peer, int state);

  void gatheringStateChanged(int peer, int state);

  void signalingStateChanged(int peer, int state);

  void localDescription(int peer, String sdp, String type);

  void localCandidate(int peer, String candidate, String mid);

  void trackAdded(int peer, int track);

  void opened(int track);

  void closed(int track);

  void failed(int track, String reason);

  /** The bytes at the address are the library's and are gone after the call. */
  void message(int track, long address, int sizeBytes);

  void pictureLost(int track);

  void bitrateEstimated(int track, int bitrateBps);

  void logged(int level, String text);

  /** A listener threw; the exception ends here. */
  void callbackFailed(Throwable failure);
}
