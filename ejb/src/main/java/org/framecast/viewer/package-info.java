/** viewer. */
@NullMarked
package org.framecast.viewer;

import org.jspecify.annotations.NullMarked;
