/** problem. */
@NullMarked
package org.framecast.web.problem;

import org.jspecify.annotations.NullMarked;
