/** stream. */
@NullMarked
package org.framecast.web.stream;

import org.jspecify.annotations.NullMarked;
