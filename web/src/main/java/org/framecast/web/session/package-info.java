/**
 * The HTTP side of sessions: thin resources that parse, check, hand on and answer. What a session
 * is stands in {@code org.framecast.session}.
 */
@NullMarked
package org.framecast.web.session;

import org.jspecify.annotations.NullMarked;
