/** Tests of the package of the same name. */
@NullMarked
package org.framecast.config;

import org.jspecify.annotations.NullMarked;
