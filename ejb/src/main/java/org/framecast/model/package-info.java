/** The operator's models: which of them are loaded, and the components that all streams share. */
@NullMarked
package org.framecast.model;

import org.jspecify.annotations.NullMarked;
