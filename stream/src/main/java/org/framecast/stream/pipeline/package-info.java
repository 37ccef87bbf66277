/**
 * The loops that move frames: the ordered frame processor, the encode loops, and the statistics of
 * each step.
 */
@NullMarked
package org.framecast.stream.pipeline;

import org.jspecify.annotations.NullMarked;
