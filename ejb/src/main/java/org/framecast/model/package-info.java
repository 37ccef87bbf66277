/** model. */
@NullMarked
package org.framecast.model;

import org.jspecify.annotations.NullMarked;
