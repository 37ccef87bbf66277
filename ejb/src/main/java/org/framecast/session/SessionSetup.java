package org.framecast.session;

/**
 * What an accepted handshake hands on to the endpoint behind it.
 *
 * @param claim the session's one place for a publisher, reserved for this connection
 */
public record SessionSetup(Session session, StreamMode mode, PublisherClaim claim) {}
