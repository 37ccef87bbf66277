/** Tests of the package of the same name. */
@NullMarked
package org.framecast.web.security;

import org.jspecify.annotations.NullMarked;
