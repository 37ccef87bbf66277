/** live. */
@NullMarked
package org.framecast.live;

import org.jspecify.annotations.NullMarked;
