/**
 * A suite that holds any WHEP or WHIP endpoint to the normative clauses, from outside, by HTTP and
 * STUN alone: {@code bin/conformance URL}. One check is one sentence of a clause. Needs nothing but
 * the Java platform; the product's own tests run the same checks.
 *
 * <p><b>Source:</b> RFC 9725, draft-ietf-wish-whep
 */
@NullMarked
package org.framecast.conformance;

import org.jspecify.annotations.NullMarked;
