/** observability. */
@NullMarked
package org.framecast.web.observability;

import org.jspecify.annotations.NullMarked;
