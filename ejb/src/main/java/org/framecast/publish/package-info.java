/**
 * Publishers who send over a peer connection: their WHIP sessions, from the offer to the end. The
 * streams themselves are live streams as any other.
 */
@NullMarked
package org.framecast.publish;

import org.jspecify.annotations.NullMarked;
