// One part of a stream – a source, a layer, a sink – with the options that its schema describes.

import { make, write } from '../ui/dom.js';
import { optionControl } from '../ui/option-control.js';
import { defaults } from '../ui/schema.js';

let count = 0;

/** A part that was chosen: its kind, its options, and their form. */
export class Part {
  #controls = new Map();

  /**
   * @param component as `GET /components` describes it
   * @param onChange called after each change of an option
   * @param given options that differ from the defaults
   */
  constructor(component, onChange, given = {}) {
    count += 1;
    this.id = `part-${count}`;
    this.component = component;
    const properties = component.options?.properties ?? {};
    this.values = { ...defaults(properties), ...given };
    for (const [name, schema] of Object.entries(properties)) {
      const control = optionControl(this.id, name, schema, (value) => {
        this.values[name] = value;
        control.fail(null);
        onChange();
      });
      control.set(this.values[name]);
      this.#controls.set(name, control);
    }
    this.problem = make('p', { class: 'error-text', role: 'alert', hidden: true });
    this.form = make('div', { class: 'part-options', role: 'group', 'aria-label': `Options of ${component.title}` }, ...[...this.#controls.values()].map(({ element }) => element), this.problem);
    if (!this.#controls.size) this.form.prepend(make('p', { class: 'hint' }, 'Nothing to set.'));
  }

  /** What was set, without what is so by default. */
  options() {
    const usual = defaults(this.component.options?.properties ?? {});
    return Object.fromEntries(Object.entries(this.values).filter(([name, value]) => value !== usual[name]));
  }

  /** The first field, for the focus. */
  get field() {
    return this.form.querySelector('input, select');
  }

  /** The server begins with the option's name in the document; a person knows it by its label. */
  #labelled(text, option) {
    const { title } = this.component.options.properties[option];
    return title && text.startsWith(`${option} `) ? title + text.slice(option.length) : text;
  }

  /** Shows what is wrong, at the option that is named or below all; no text takes everything away. */
  fail(text, option) {
    for (const control of this.#controls.values()) control.fail(null);
    const control = text && this.#controls.get(option);
    this.problem.hidden = !text || Boolean(control);
    write(this.problem, this.problem.hidden ? '' : text);
    control?.fail(this.#labelled(text, option));
    if (control) control.element.querySelector('input, select').focus();
  }
}
