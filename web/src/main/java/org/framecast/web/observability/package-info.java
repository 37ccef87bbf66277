/** What an operator or a page asks to know what the server is and how it does. */
@NullMarked
package org.framecast.web.observability;

import org.jspecify.annotations.NullMarked;
