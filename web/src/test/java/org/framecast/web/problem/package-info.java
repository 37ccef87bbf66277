/** Tests of the package of the same name. */
@NullMarked
package org.framecast.web.problem;

import org.jspecify.annotations.NullMarked;
