// The address for OBS and other programs that publish by WHIP.

import { byId } from '../ui/dom.js';

const HIDDEN = '••••••••';

/**
 * Opens a session when somebody looks, and shows its token only when asked to.
 * @param looking learns whether the card is open, and so whether such a program is expected
 */
export function keepWhipCard(session, looking) {
  const details = byId('whip');
  const address = byId('whip-url');
  const token = byId('whip-token');
  const reveal = byId('whip-reveal');
  const hide = () => {
    token.value = HIDDEN;
    reveal.setAttribute('aria-pressed', 'false');
    reveal.textContent = 'Show';
  };
  details.addEventListener('toggle', async () => {
    hide();
    looking(details.open);
    if (!details.open) return;
    try {
      await session.open();
      address.value = new URL(session.whipPath, location.href).href;
      reveal.disabled = false;
    } catch {
      address.value = 'Not available at the moment';
    }
  });
  reveal.addEventListener('click', async () => {
    if (reveal.getAttribute('aria-pressed') === 'true') {
      hide();
      return;
    }
    try {
      token.value = await session.token();
    } catch {
      token.value = 'Not available at the moment';
    }
    reveal.setAttribute('aria-pressed', 'true');
    reveal.textContent = 'Hide';
  });
  for (const field of [address, token]) field.addEventListener('focus', () => field.select());
}
