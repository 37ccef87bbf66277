/** Tests of the package of the same name. */
@NullMarked
package org.framecast.recording;

import org.jspecify.annotations.NullMarked;
