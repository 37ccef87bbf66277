/** config. */
@NullMarked
package org.framecast.config;

import org.jspecify.annotations.NullMarked;
