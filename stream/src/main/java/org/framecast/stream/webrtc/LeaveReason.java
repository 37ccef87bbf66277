package org.framecast.stream.webrtc;

/** Why a viewer is no longer there. */
public enum LeaveReason {
  /** Its WHEP session was deleted, or its right to watch ended. */
  ENDED,
  /** The stream is over. */
  STREAM_ENDED,
  /** It took the answer and never connected. */
  NEVER_CONNECTED,
  /** It closed its peer connection. */
  LEFT,
  /** The connection failed or stayed interrupted. */
  CONNECTION_LOST,
  /** It stopped reporting what it receives. */
  SILENT
}
