/** What the code's structure must keep to, checked on the classes of all modules. */
@NullMarked
package org.framecast.architecture;

import org.jspecify.annotations.NullMarked;
