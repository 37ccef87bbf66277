/** auth. */
@NullMarked
package org.framecast.auth;

import org.jspecify.annotations.NullMarked;
