/** Health checks: what an operator's monitor, and the start command, ask. */
@NullMarked
package org.framecast.observability;

import org.jspecify.annotations.NullMarked;
