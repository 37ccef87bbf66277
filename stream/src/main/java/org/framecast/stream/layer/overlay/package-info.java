/**
 * Pictures over pictures: straight alpha over I420 and over RGBA, at a place, at a size, as opaque
 * as said. What does not change is prepared once, so that a frame costs the blend alone.
 */
@NullMarked
package org.framecast.stream.layer.overlay;

import org.jspecify.annotations.NullMarked;
