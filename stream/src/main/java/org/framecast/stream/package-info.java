/**
 * The stream library: sources, layers, encoders and sinks of live video as plain Java, without an
 * application server. Packages stand in the order of dependence that {@code docs/architecture.md}
 * draws: each uses only those before it.
 */
@NullMarked
package org.framecast.stream;

import org.jspecify.annotations.NullMarked;
