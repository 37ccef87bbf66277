/** Tests of the package of the same name. */
@NullMarked
package org.framecast.live;

import org.jspecify.annotations.NullMarked;
