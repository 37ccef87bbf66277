/**
 * The composition root: makes what the rest is built on, starts it in order, and stops it in the
 * opposite order when the application goes, so that nothing stays behind.
 */
@NullMarked
package org.framecast.lifecycle;

import org.jspecify.annotations.NullMarked;
