package org.framecast.publish;

import org.framecast.auth.SecretHash;
import org.framecast.session.Session;

/**
 * A caller's wish to send a stream.
 *
 * @param token that it came with
 */
public record PublishRequest(String stream, String offer, Session caller, SecretHash token) {}
