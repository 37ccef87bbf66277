// Copying to the clipboard, also where pages may not.

/** Where the clipboard is refused to pages, or the address is no secure one, the older way often works. */
export async function isCopied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select();
    return document.execCommand('copy');
  }
}
