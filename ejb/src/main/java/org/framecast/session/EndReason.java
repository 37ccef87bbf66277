package org.framecast.session;

/** Why a session's rights end. */
public enum EndReason {
  /** Its owner deleted it. */
  DELETED,
  /** Neither token can be used any more. */
  EXPIRED,
  /** The access token ran out and was not exchanged; the session itself can still be refreshed. */
  ACCESS_EXPIRED,
  /** The server stops. */
  SHUTDOWN
}
