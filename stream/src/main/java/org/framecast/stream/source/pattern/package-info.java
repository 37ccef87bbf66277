/**
 * Test pictures: bars, cards, colours, and what moves. What stands still is drawn once, and every
 * picture carries its number and time, to be read by eye and by machine.
 */
@NullMarked
package org.framecast.stream.source.pattern;

import org.jspecify.annotations.NullMarked;
