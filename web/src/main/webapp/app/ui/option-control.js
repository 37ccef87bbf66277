// One option of a component as a control, built from its JSON Schema.

import { make, write } from './dom.js';
import { stepped } from './numbers.js';

/** More steps than a thumb can hit: such a number is typed. */
const MOST_STEPS = 1000;

/**
 * @param owner whose option it is, for ids and tests
 * @param name the option's name
 * @param schema number or integer → slider (or a number field where it has no bounds, or a great many steps), boolean → switch, enum → select, string → text
 * @param onChange called with each new value
 * @returns {{element: HTMLElement, set: function(*): void, fail: function(?string): void}} the control, a way to show a value, and
 *     one to say what is wrong with it
 */
export function optionControl(owner, name, schema, onChange) {
  const id = `opt-${owner}-${name}`;
  const control = built(id, schema.title ?? sentence(name), schema, onChange);
  const fail = failing(control.element, id);
  // As it is typed, not as the field is left: what is below would move away under a finger that is about to press it.
  control.element.addEventListener('input', () => fail(null));
  return { ...control, fail };
}

/** Says beside a control what is wrong with it; no text takes that away. */
function failing(element, id) {
  let fault = null;
  return (text) => {
    const input = element.querySelector('input, select');
    const described = (input.getAttribute('aria-describedby') ?? '').split(' ').filter((part) => part && part !== `${id}-fault`);
    if (!text) {
      fault?.remove();
      fault = null;
      input.removeAttribute('aria-invalid');
    } else {
      fault ??= element.appendChild(make('p', { class: 'error-text', id: `${id}-fault`, role: 'alert' }));
      write(fault, text);
      input.setAttribute('aria-invalid', 'true');
      described.push(`${id}-fault`);
    }
    if (described.length) input.setAttribute('aria-describedby', described.join(' '));
    else input.removeAttribute('aria-describedby');
  };
}

function built(id, title, schema, onChange) {
  const words = [schema.description, schema['x-known'] && `This model knows ${schema['x-known'].join(', ')}.`].filter(Boolean).join(' ');
  const common = { id, 'data-testid': id, 'aria-describedby': words ? `${id}-hint` : undefined };
  const hint = words ? make('p', { class: 'hint', id: `${id}-hint` }, words) : null;
  if (schema.enum) return select(common, title, hint, schema, onChange);
  switch (schema.type) {
    case 'boolean':
      return toggle(common, title, hint, onChange);
    case 'number':
    case 'integer':
      return (schema.maximum - schema.minimum) / step(schema) <= MOST_STEPS
        ? slider(common, title, hint, schema, onChange)
        : field(common, withUnit(title, schema['x-unit'] && `(${schema['x-unit']})`), hint, { type: 'number', required: true, step: schema.multipleOf ?? (schema.type === 'integer' ? 1 : 'any'), min: schema.minimum, max: schema.maximum }, (text) => onChange(Number(text)));
    default:
      return field(common, title, hint, { type: 'text', maxlength: schema.maxLength ?? 200 }, onChange);
  }
}

function slider(common, title, hint, schema, onChange) {
  const output = make('output', { for: common.id });
  const input = make('input', { ...common, type: 'range', class: 'range', min: schema.minimum, max: schema.maximum, step: step(schema) });
  const show = () => {
    const text = withUnit(stepped(input.value, step(schema)), schema['x-unit']);
    write(output, text);
    input.setAttribute('aria-valuetext', text);
  };
  input.addEventListener('input', () => {
    show();
    onChange(Number(input.value));
  });
  const element = make('div', { class: 'option' }, make('div', { class: 'option-head' }, make('label', { for: common.id }, title), output), input, hint);
  return {
    element,
    set(value) {
      input.value = value;
      show();
    },
  };
}

function toggle(common, title, hint, onChange) {
  const input = make('input', { ...common, type: 'checkbox', role: 'switch', onchange: () => onChange(input.checked) });
  return {
    element: make('div', { class: 'option' }, make('label', { class: 'switch' }, input, make('span', {}, title)), hint),
    set(value) {
      input.checked = Boolean(value);
    },
  };
}

function select(common, title, hint, schema, onChange) {
  const labels = schema['x-labels'] ?? {};
  const options = schema.enum.map((value) => make('option', { value }, labels[value] ?? sentence(String(value))));
  const input = make('select', { ...common, class: 'select', onchange: () => onChange(schema.enum[input.selectedIndex]) }, ...options);
  return {
    element: make('div', { class: 'option' }, make('label', { for: common.id }, title), input, hint),
    set(value) {
      input.selectedIndex = schema.enum.indexOf(value);
    },
  };
}

function field(common, title, hint, attributes, onChange) {
  const input = make('input', { ...common, ...attributes, class: 'field', onchange: () => input.checkValidity() && onChange(input.value) });
  return {
    element: make('div', { class: 'option' }, make('label', { for: common.id }, title), input, hint),
    set(value) {
      input.value = value;
    },
  };
}

function step(schema) {
  if (schema.multipleOf) return schema.multipleOf;
  if (schema.type === 'integer') return 1;
  const span = schema.maximum - schema.minimum;
  return Number.isFinite(span) && span <= 2 ? 0.01 : 0.1;
}

function withUnit(text, unit) {
  return unit && unit !== '1' ? `${text} ${unit}` : text;
}

/** `minimum_score` as words: "Minimum score". */
function sentence(name) {
  const words = name.replaceAll(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
