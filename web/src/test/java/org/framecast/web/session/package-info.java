/** Tests of the package of the same name. */
@NullMarked
package org.framecast.web.session;

import org.jspecify.annotations.NullMarked;
