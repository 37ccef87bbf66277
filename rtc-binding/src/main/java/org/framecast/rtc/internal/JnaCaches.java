package org.framecast.rtc.internal;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import java.util.List;

/**
 * Makes JNA forget the classes of this deployment. JNA lives in a module of the server and keeps
 * the options of every mapped class in a weak map whose values hold their keys: without this, each
 * deployment's class loader would stay for ever.
 */
final class JnaCaches {
  private JnaCaches() {}

  static void forget(List<Callback> callbacks) {
    for (Callback callback : callbacks) {
      Native.setCallbackThreadInitializer(callback, null);
      forget(callback.getClass());
      for (Class<?> type : callback.getClass().getInterfaces()) {
        forget(type);
      }
    }
  }

  /** The map that is returned is the cached one itself. */
  static void forget(Class<?> mapped) {
    Native.getLibraryOptions(mapped).clear();
  }
}
