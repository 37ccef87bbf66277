package org.framecast.hls;

import org.framecast.session.Session;

/**
 * A viewer's question.
 *
 * @param viewer whose token it carries
 * @param stream public name
 * @param address where it comes from
 * @param agent as the caller names itself; empty when it does not
 */
public record HlsRequest(Session viewer, String stream, String address, String agent) {}
