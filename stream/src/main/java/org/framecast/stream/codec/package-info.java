/**
 * Ports to encoders, decoders and converters. The adapters below this package are the only users of
 * a codec library.
 */
@NullMarked
package org.framecast.stream.codec;

import org.jspecify.annotations.NullMarked;
