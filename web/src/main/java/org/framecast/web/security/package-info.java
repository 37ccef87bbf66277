/**
 * What stands in front of every request: who may address this server, what headers its answers
 * carry, how large a body may be, and the handshake that decides before a WebSocket opens.
 */
@NullMarked
package org.framecast.web.security;

import org.jspecify.annotations.NullMarked;
