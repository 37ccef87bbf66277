/** Port to the peer connections that carry a stream to its viewers. */
@NullMarked
package org.framecast.stream.transport;

import org.jspecify.annotations.NullMarked;
