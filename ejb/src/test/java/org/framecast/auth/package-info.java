/** Tests of the package of the same name. */
@NullMarked
package org.framecast.auth;

import org.jspecify.annotations.NullMarked;
