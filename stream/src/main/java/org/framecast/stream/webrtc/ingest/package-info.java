/**
 * The receiving end of a peer connection: RTP packets of a publisher become access units, whatever
 * the network does to them. Knows packets and codecs' payloads; knows nothing of offers, peers or
 * pipelines.
 */
@NullMarked
package org.framecast.stream.webrtc.ingest;

import org.jspecify.annotations.NullMarked;
