/** observability. */
@NullMarked
package org.framecast.observability;

import org.jspecify.annotations.NullMarked;
