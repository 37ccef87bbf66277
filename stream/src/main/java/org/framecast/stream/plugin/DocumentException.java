package org.framecast.stream.plugin;

import org.framecast.stream.media.MediaException;
import org.jspecify.annotations.Nullable;

/**
 * A document that describes no stream that can be here.
 *
 * <p>Its rule is in words of the library and its components, never of whoever wrote the document,
 * but for paths where all folders may be used; the pointer is made of the document's own names.
 */
public final class DocumentException extends MediaException {
  private static final long serialVersionUID = 1L;

  private final String pointer;
  private final String rule;

  /**
   * @param pointer the part that is wrong; empty for the whole (RFC 6901)
   * @param rule what is wrong with it, or what holds for it
   */
  public DocumentException(String pointer, String rule) {
    this(Code.OPTIONS, pointer, rule, null);
  }

  DocumentException(Code code, String pointer, String rule, @Nullable Throwable cause) {
    super(code, (pointer.isEmpty() ? "the document" : pointer) + ": " + rule, cause);
    this.pointer = pointer;
    this.rule = rule;
  }

  /** The text is no JSON: it has no parts yet. */
  static DocumentException unreadable(String rule) {
    return new DocumentException(Code.MALFORMED, "", rule, null);
  }

  /** Whether the text is no JSON at all; otherwise a part of it is wrong. */
  public boolean isUnreadable() {
    return code() == Code.MALFORMED && pointer.isEmpty();
  }

  /** The part that is wrong, as a JSON pointer. */
  public String pointer() {
    return pointer;
  }

  public String rule() {
    return rule;
  }
}
