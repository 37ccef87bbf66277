/**
 * The kind of sink that viewers watch without a server: a live pipeline and its fan-out, and a
 * small WHEP endpoint in front of them, by the HTTP server that the Java platform has. What is
 * encoded, packetized, negotiated and sent is done by {@code org.framecast.stream.pipeline} and
 * {@code org.framecast.stream.webrtc}, as in the application; here are addresses, secrets and HTTP.
 */
@NullMarked
package org.framecast.stream.whep;

import org.jspecify.annotations.NullMarked;
