/** Tests of the package of the same name. */
@NullMarked
package org.framecast.lifecycle;

import org.jspecify.annotations.NullMarked;
