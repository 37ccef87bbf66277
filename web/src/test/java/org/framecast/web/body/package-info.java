/** Tests of how bodies are waited for. */
@NullMarked
package org.framecast.web.body;

import org.jspecify.annotations.NullMarked;
