/**
 * WHEP: the endpoint that takes a viewer's offer, and the secret resource of each viewer. Thin: it
 * checks what HTTP says and hands the rest to {@code org.framecast.viewer}.
 *
 * <p><b>Source:</b> draft-ietf-wish-whep, RFC 9725
 */
@NullMarked
package org.framecast.web.whep;

import org.jspecify.annotations.NullMarked;
