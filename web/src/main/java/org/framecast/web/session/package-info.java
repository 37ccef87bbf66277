/** session. */
@NullMarked
package org.framecast.web.session;

import org.jspecify.annotations.NullMarked;
