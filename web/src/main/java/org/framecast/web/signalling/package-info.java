/**
 * What WHEP and WHIP have in common at the edge: the rules of HTTP for offers and candidates, who
 * may ask how often, and the ICE servers that callers are told of.
 *
 * <p><b>Source:</b> RFC 9725, draft-ietf-wish-whep
 */
@NullMarked
package org.framecast.web.signalling;

import org.jspecify.annotations.NullMarked;
