/** Tests of the package of the same name. */
@NullMarked
package org.framecast.session;

import org.jspecify.annotations.NullMarked;
