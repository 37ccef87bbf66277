/**
 * From a stream to its viewers: the negotiation of a WHEP offer, the viewers, and the fan-out that
 * packetizes once and sends to each. SDP lives in {@code .sdp}, RTP and RTCP in {@code .rtp}; the
 * peer connections come through the port in {@code org.framecast.stream.transport}.
 */
@NullMarked
package org.framecast.stream.webrtc;

import org.jspecify.annotations.NullMarked;
