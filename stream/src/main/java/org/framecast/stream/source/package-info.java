/**
 * Sources that make their own pictures and sound. Each runs on a thread of the given factory and
 * offers to the line that it feeds.
 */
@NullMarked
package org.framecast.stream.source;

import org.jspecify.annotations.NullMarked;
