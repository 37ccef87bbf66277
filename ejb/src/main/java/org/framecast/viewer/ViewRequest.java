package org.framecast.viewer;

import org.framecast.session.Session;

/** A caller's wish to watch a stream. */
public record ViewRequest(
    String stream, String offer, Session owner, String address, String userAgent) {}
