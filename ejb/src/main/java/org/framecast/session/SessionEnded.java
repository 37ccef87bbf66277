package org.framecast.session;

/** A session's rights have ended: whatever moves media for it stops now. */
public record SessionEnded(Session session, EndReason reason) {}
