/**
 * SDP as values: a bounded parser, the rules by which an offer is accepted, and the two texts that
 * are built from what passed. Nothing that a stranger wrote is handed on: every value is parsed and
 * printed again.
 */
@NullMarked
package org.framecast.stream.webrtc.sdp;

import org.jspecify.annotations.NullMarked;
