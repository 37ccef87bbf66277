/**
 * Clocks, pacing, and which frames are of one moment. The data plane reads one monotonic clock,
 * handed in; the wall clock exists for RTCP, and in the place of the network's common clock where
 * there is none.
 */
@NullMarked
package org.framecast.stream.time;

import org.jspecify.annotations.NullMarked;
