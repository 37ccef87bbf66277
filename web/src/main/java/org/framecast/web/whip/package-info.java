/**
 * WHIP: the endpoint that takes a publisher's offer, and the secret resource of each publisher.
 * Thin: it checks what HTTP says and hands the rest to {@code org.framecast.publish}.
 *
 * <p><b>Source:</b> RFC 9725
 */
@NullMarked
package org.framecast.web.whip;

import org.jspecify.annotations.NullMarked;
