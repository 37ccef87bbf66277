/** The kinds of layers: what finds, hides, replaces or draws on pictures. */
@NullMarked
package org.framecast.stream.layer;

import org.jspecify.annotations.NullMarked;
