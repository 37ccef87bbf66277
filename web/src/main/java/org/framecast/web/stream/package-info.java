/**
 * The WebSocket that publishers send to: a thin endpoint that hands bytes to the live stream behind
 * it and writes that stream's events as JSON.
 */
@NullMarked
package org.framecast.web.stream;

import org.jspecify.annotations.NullMarked;
