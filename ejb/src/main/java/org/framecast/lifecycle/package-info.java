/** lifecycle. */
@NullMarked
package org.framecast.lifecycle;

import org.jspecify.annotations.NullMarked;
