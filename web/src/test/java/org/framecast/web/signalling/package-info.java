/** Tests of the package of the same name. */
@NullMarked
package org.framecast.web.signalling;

import org.jspecify.annotations.NullMarked;
