/** Tests of the package of the same name. */
@NullMarked
package org.framecast.web.whep;

import org.jspecify.annotations.NullMarked;
