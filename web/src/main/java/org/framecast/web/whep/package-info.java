/** whep. */
@NullMarked
package org.framecast.web.whep;

import org.jspecify.annotations.NullMarked;
