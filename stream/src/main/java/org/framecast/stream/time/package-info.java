/**
 * Clocks and pacing. The data plane reads one monotonic clock, handed in; the wall clock exists for
 * RTCP alone.
 */
@NullMarked
package org.framecast.stream.time;

import org.jspecify.annotations.NullMarked;
