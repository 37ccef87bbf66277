/** Tests of the edge of recordings. */
@NullMarked
package org.framecast.web.recording;

import org.jspecify.annotations.NullMarked;
