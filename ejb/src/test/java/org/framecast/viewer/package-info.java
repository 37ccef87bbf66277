/** Tests of the package of the same name. */
@NullMarked
package org.framecast.viewer;

import org.jspecify.annotations.NullMarked;
