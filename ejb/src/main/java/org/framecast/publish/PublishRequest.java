package org.framecast.publish;

import org.framecast.session.Session;

/** A caller's wish to send a stream. */
public record PublishRequest(String stream, String offer, Session caller) {}
