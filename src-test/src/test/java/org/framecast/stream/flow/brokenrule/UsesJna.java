package org.framecast.stream.flow.brokenrule;

import com.sun.jna.Pointer;

/** Native access belongs to its adapter. */
public final class UsesJna {
  Pointer pointer = Pointer.NULL;
}
