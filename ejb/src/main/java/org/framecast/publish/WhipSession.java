package org.framecast.publish;

import org.framecast.auth.SecretHash;
import org.framecast.session.Session;
import org.framecast.stream.webrtc.PeerPublisher;

/**
 * The HTTP side of one publisher.
 *
 * @param etag strong and quoted; it never changes, since ICE restarts are refused
 * @param owner whose token made it, and alone may change or end it
 * @param opener the token that made it, which may still end it when it has been exchanged
 */
public record WhipSession(
    String stream, PeerPublisher publisher, String etag, Session owner, SecretHash opener) {}
