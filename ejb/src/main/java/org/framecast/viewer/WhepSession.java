package org.framecast.viewer;

import org.framecast.session.Session;
import org.framecast.stream.webrtc.Viewer;

/**
 * The HTTP side of one viewer.
 *
 * @param etag strong and quoted; it never changes, since ICE restarts are refused
 * @param owner whose token made it, and alone may change or end it
 * @param userAgent as the caller named itself, cut short; empty when it did not
 */
public record WhepSession(
    String stream, Viewer viewer, String etag, Session owner, String address, String userAgent) {}
