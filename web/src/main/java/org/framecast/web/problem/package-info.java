/**
 * Turns refusals and faults into problem documents. Whatever leaves the server as an error passes
 * here, so nothing of an exception's text does.
 */
@NullMarked
package org.framecast.web.problem;

import org.jspecify.annotations.NullMarked;
