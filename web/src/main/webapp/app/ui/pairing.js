// The question for the pairing code.

import { PairingCancelled } from '../api/session.js';
import { make, write } from './dom.js';

let dialog = null;
let asking = null;

/** Whether the question is on the screen. */
export function isAskingPairingCode() {
  return asking !== null;
}

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
  dialog ??= build();
  const field = dialog.querySelector('input');
  write(dialog.querySelector('.error-text'), problem ?? '');
  field.value = '';
  dialog.returnValue = 'cancel';
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

function build() {
  const field = make('input', { class: 'field', id: 'pairing-code', autocomplete: 'one-time-code', autocapitalize: 'characters', spellcheck: 'false', required: true, 'aria-describedby': 'pairing-error' });
  const cancel = make('button', { class: 'button', type: 'button', id: 'pairing-cancel', onclick: () => made.close('cancel') }, 'Cancel');
  const form = make(
    'form',
    { method: 'dialog' },
    make('h2', { id: 'pairing-title' }, 'Pair this device'),
    make('p', {}, 'The server printed a code when it started. Enter it to go on.'),
    make('label', { for: 'pairing-code' }, 'Pairing code'),
    field,
    make('p', { class: 'error-text', id: 'pairing-error', role: 'alert' }),
    make('div', { class: 'actions' }, cancel, make('button', { class: 'button primary', value: 'ok' }, 'Pair')),
  );
  const made = make('dialog', { id: 'pairing', 'aria-labelledby': 'pairing-title' }, form);
  document.body.append(made);
  return made;
}
