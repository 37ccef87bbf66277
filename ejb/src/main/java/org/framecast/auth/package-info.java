/**
 * Who may do what: secrets and their hashes, grants on streams, the pairing gate, and limits per
 * address. Nothing here knows HTTP or sessions.
 */
@NullMarked
package org.framecast.auth;

import org.jspecify.annotations.NullMarked;
