/**
 * The Java API of libdatachannel: peer connections, tracks that carry raw RTP and RTCP, and the
 * lifetime of the native library. No type of the native mapping appears here.
 */
@NullMarked
package org.framecast.rtc;

import org.jspecify.annotations.NullMarked;
