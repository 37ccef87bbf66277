/**
 * The Java API of libdatachannel: peer connections, tracks that carry raw RTP and RTCP, and the
 * lifetime of the native library. No type of the native mapping appears here, and nothing of the
 * product: no session, no stream, no codec.
 *
 * <p>{@link org.framecast.rtc.RtcLibrary} is opened once; {@link org.framecast.rtc.PeerConnection}s
 * are opened on it, and {@link org.framecast.rtc.Track}s are added to them. Everything that is
 * opened is closed by who opened it, and counted. Listeners run on native threads: they copy,
 * enqueue and return.
 */
@NullMarked
package org.framecast.rtc;

import org.jspecify.annotations.NullMarked;
