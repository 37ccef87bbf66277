/**
 * Ports to models: a session that runs one model, and what a detector finds. The adapter below this
 * package is the only user of an inference library.
 */
@NullMarked
package org.framecast.stream.inference;

import org.jspecify.annotations.NullMarked;
