/**
 * RTP and RTCP on the wire: packetizers that write whole packets into off-heap memory, sender
 * reports, and the reader of what receivers report.
 */
@NullMarked
package org.framecast.stream.webrtc.rtp;

import org.jspecify.annotations.NullMarked;
