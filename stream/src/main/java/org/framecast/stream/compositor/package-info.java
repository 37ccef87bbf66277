/** The kinds of compositors: what puts several pictures into one. */
@NullMarked
package org.framecast.stream.compositor;

import org.jspecify.annotations.NullMarked;
