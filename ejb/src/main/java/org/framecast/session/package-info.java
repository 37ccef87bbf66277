/** session. */
@NullMarked
package org.framecast.session;

import org.jspecify.annotations.NullMarked;
