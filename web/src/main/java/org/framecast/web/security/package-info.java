/** security. */
@NullMarked
package org.framecast.web.security;

import org.jspecify.annotations.NullMarked;
