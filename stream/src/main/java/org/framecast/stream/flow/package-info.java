/**
 * The contracts between the steps of a stream, and the queues that join them. An implementation of
 * a contract lives in the package of its kind.
 */
@NullMarked
package org.framecast.stream.flow;

import org.jspecify.annotations.NullMarked;
