// A list of parts of one sort: added, taken away, put in another order.

import { icon, make } from '../ui/dom.js';
import { Part } from './part.js';

/** Layers, layers of sound, or sinks. */
export class PartList {
  #words;
  #components = [];
  #onChange;
  #list;
  #choice;
  #empty;

  /**
   * @param words `{id, one, none, add}`: for tests, "layer", what an empty list says, the label of the choice
   * @param onChange called after each change
   */
  constructor(words, onChange) {
    this.#words = words;
    this.#onChange = onChange;
    this.parts = [];
    this.#list = make('ol', { class: 'parts', 'data-testid': words.id });
    this.#empty = make('p', { class: 'hint' }, words.none);
    this.#choice = make('select', { class: 'select', 'aria-label': words.add, 'data-testid': `${words.id}-choice` });
    this.button = make('button', { type: 'button', class: 'button small', 'data-testid': `${words.id}-add`, onclick: () => this.#add() }, icon('add'), 'Add');
    this.element = make('div', { class: 'part-list' }, this.#empty, this.#list, make('div', { class: 'add-row' }, this.#choice, this.button));
  }

  /** What there is to choose from. */
  offer(components) {
    this.#components = components;
    this.#choice.replaceChildren(...components.map(({ name, title }) => make('option', { value: name }, title)));
    this.button.disabled = !components.length;
    this.#draw();
  }

  /** Takes over parts that are there already: `[{name, options}]`. One that is not offered keeps its place and its options. */
  take(chosen) {
    this.parts = chosen.map(({ name, options }) => new Part(this.#components.find((known) => known.name === name) ?? kept(name), this.#onChange, options));
    this.#draw();
  }

  #add() {
    const component = this.#components[this.#choice.selectedIndex];
    if (!component) return;
    const part = new Part(component, this.#onChange);
    this.parts.splice(this.#place(component), 0, part);
    this.#draw();
    this.#onChange();
    this.#list.querySelector(`#${part.id} details`).open = true;
    (part.field ?? this.#list.querySelector(`#${part.id} summary`)).focus();
  }

  /** Kinds of layers have their places in a chain: what stands here is the order in which they run. */
  #place(component) {
    const later = this.parts.findIndex((part) => order(part.component) > order(component));
    return later < 0 ? this.parts.length : later;
  }

  /** A part changes places with the one before or after it where both orders can be. */
  #mayMove(index, by) {
    const other = this.parts[index + by];
    return Boolean(other) && order(other.component) === order(this.parts[index].component);
  }

  #move(part, by) {
    const index = this.parts.indexOf(part);
    this.parts.splice(index, 1);
    this.parts.splice(index + by, 0, part);
    this.#draw();
    this.#onChange();
    const wanted = this.#list.querySelector(`#${part.id} [data-move="${by}"]`);
    (wanted.disabled ? this.#list.querySelector(`#${part.id} [data-move]:not(:disabled)`) : wanted).focus();
  }

  #remove(part) {
    const index = this.parts.indexOf(part);
    this.parts.splice(index, 1);
    this.#draw();
    this.#onChange();
    const next = this.parts[Math.min(index, this.parts.length - 1)];
    (next ? this.#list.querySelector(`#${next.id} summary`) : this.#choice).focus();
  }

  #draw() {
    const open = new Set([...this.#list.querySelectorAll('details[open]')].map(({ parentElement }) => parentElement.id));
    this.#empty.hidden = this.parts.length > 0;
    this.#list.replaceChildren(...this.parts.map((part, index) => this.#row(part, index, open.has(part.id))));
  }

  #row(part, index, open) {
    const { title, description } = part.component;
    const place = `${title}, ${this.#words.one} ${index + 1}`;
    const tool = (name, label, attributes, onclick) => make('button', { type: 'button', class: 'icon-button', 'aria-label': `${label} ${place}`, title: label, ...attributes, onclick }, icon(name));
    const movable = this.#mayMove(index, -1) || this.#mayMove(index, 1);
    const moves = movable
      ? [
          tool('up', 'Move up', { 'data-move': '-1', 'data-testid': 'move-up', disabled: !this.#mayMove(index, -1) }, () => this.#move(part, -1)),
          tool('down', 'Move down', { 'data-move': '1', 'data-testid': 'move-down', disabled: !this.#mayMove(index, 1) }, () => this.#move(part, 1)),
        ]
      : [];
    return make(
      'li',
      { class: 'part', id: part.id, 'data-kind': part.component.name },
      make('div', { class: 'part-tools' }, ...moves, tool('close', 'Remove', { 'data-testid': 'remove-part' }, () => this.#remove(part))),
      make('details', { open }, make('summary', {}, title), description ? make('p', { class: 'layer-text' }, description) : null, part.form),
    );
  }

  /** Shows a refusal at the part that is named; false when there is none. */
  fail(index, text, option) {
    const part = this.parts[index];
    if (!part) return false;
    this.#list.querySelector(`#${part.id} details`).open = true;
    part.fail(text, option);
    return true;
  }

  clearFaults() {
    for (const part of this.parts) part.fail(null);
  }
}

const kept = (name) => ({ name, title: name, description: 'It stays as the document has it: it cannot be set here.' });

const order = (component) => component.order ?? 0;
