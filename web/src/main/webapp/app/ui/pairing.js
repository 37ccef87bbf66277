// The question for the pairing code.

import { PairingCancelled } from '../api/session.js';
import { byId, write } from './dom.js';

let asking = null;

/**
 * Asks for the code the server printed. Two who ask at once share one question.
 * @param problem what was wrong with the last code, or null
 */
export function askPairingCode(problem) {
  asking ??= ask(problem).finally(() => {
    asking = null;
  });
  return asking;
}

function ask(problem) {
  const dialog = byId('pairing');
  const field = byId('pairing-code');
  write(byId('pairing-error'), problem ?? '');
  field.value = '';
  dialog.returnValue = 'cancel';
  byId('pairing-cancel').onclick = () => dialog.close('cancel');
  dialog.showModal();
  field.focus();
  return new Promise((resolve, reject) => {
    dialog.addEventListener(
      'close',
      () => {
        const code = field.value.trim();
        if (dialog.returnValue === 'ok' && code) resolve(code);
        else reject(new PairingCancelled());
      },
      { once: true },
    );
  });
}
