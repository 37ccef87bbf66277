// The list of layers: a switch for each, and its options while it is on.

import { byId, make, write } from '../ui/dom.js';
import { optionControl } from '../ui/option-control.js';
import { SourceImage } from './source-image.js';

/** Shows the settings' layers and hands every choice back to them. */
export class LayerList {
  #settings;
  #items = [];

  constructor(settings) {
    this.#settings = settings;
    settings.addEventListener('change', () => this.#show());
    settings.addEventListener('saved', () => this.#showProblem(null, null));
    settings.addEventListener('refused', ({ detail }) => this.#showProblem(detail.layer, detail.text));
  }

  /** Builds the list anew from what the server offers. */
  build() {
    this.#items = this.#settings.layers.map((layer) => this.#item(layer));
    byId('layers').replaceChildren(...this.#items.map(({ element }) => element));
    this.#show();
  }

  /** Says why the list is not there. */
  showUnavailable(text) {
    byId('layers').replaceChildren(make('li', { class: 'hint' }, text));
  }

  /** Shows a refusal under its layer, or under the first that is on; no text takes it away. */
  #showProblem(name, text) {
    const target = this.#items.find(({ layer }) => layer.name === name) ?? this.#items.find(({ layer }) => this.#settings.isEnabled(layer.name)) ?? this.#items[0];
    for (const item of this.#items) {
      item.problem.hidden = !text || item !== target;
      write(item.problem, item === target ? (text ?? '') : '');
    }
  }

  #item(layer) {
    const settings = this.#settings;
    const bodyId = `layer-${layer.name}-options`;
    const names = Object.keys(layer.properties);
    const input = make('input', {
      type: 'checkbox', role: 'switch', 'data-testid': `layer-${layer.name}`,
      'aria-describedby': layer.description ? `layer-${layer.name}-text` : undefined,
      onchange: () => settings.enable(layer.name, input.checked),
    });
    const controls = names.map((name) => optionControl(layer.name, name, layer.properties[name], (value) => settings.setOption(layer.name, name, value)));
    const image = layer.needs_source ? new SourceImage(settings, layer) : null;
    const reset = make('button', { type: 'button', class: 'text-button', 'aria-label': `Reset ${layer.title} to its defaults`, onclick: () => settings.resetOptions(layer.name) }, 'Reset');
    const body = make('div', { class: 'layer-options', id: bodyId, role: 'group', 'aria-label': `Options of ${layer.title}` }, ...controls.map(({ element }) => element));
    const note = make('p', { class: 'layer-note', hidden: true }, 'Detect runs for this layer too, with its defaults.');
    const problem = make('p', { class: 'layer-problem', role: 'alert', hidden: true });
    const head = make('div', { class: 'layer-head' }, make('label', { class: 'switch' }, input, make('span', {}, layer.title)), names.length ? reset : null);
    const text = layer.description ? make('p', { class: 'layer-text', id: `layer-${layer.name}-text` }, layer.description) : null;
    const element = make('li', { class: 'layer' }, head, text, note, image?.element, body, problem);
    return {
      layer, element, problem,
      show() {
        const on = settings.isEnabled(layer.name);
        input.checked = on;
        reset.hidden = !on;
        body.hidden = !on || names.length === 0;
        note.hidden = !settings.hasDetectionsAddedFor(layer);
        image?.show(on);
        controls.forEach(({ set }, i) => set(settings.option(layer.name, names[i])));
      },
    };
  }

  #show() {
    for (const item of this.#items) item.show();
  }
}
