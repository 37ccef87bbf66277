package org.framecast.stream.sink;

/**
 * Where playlists and segments go.
 *
 * <p><b>Thread:</b> one at a time, the sink's.
 */
sealed interface HlsOutput permits HlsFolder, HlsStore.Writing {
  /** Whether clients can wait for parts. */
  boolean servesParts();

  /** Where a rendition's playlist is, seen from the one that names the renditions. */
  String address(String name);

  /** Adds a piece of media; nothing names it yet. */
  void media(String name, byte[] bytes);

  /** Publishes a rendition's playlist, which names what was added before. */
  void playlist(String name, String text, HlsPosition position);

  /** Publishes the playlist that names the renditions. */
  void multivariant(String name, String text);

  /** Takes a piece of media away that no playlist has named for a while. */
  void remove(String name);

  /** Nothing will come any more. */
  void end();
}
