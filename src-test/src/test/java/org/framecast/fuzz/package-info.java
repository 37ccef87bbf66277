/** Broken input in great number, from one seed, for everything that a stranger's bytes reach. */
@NullMarked
package org.framecast.fuzz;

import org.jspecify.annotations.NullMarked;
