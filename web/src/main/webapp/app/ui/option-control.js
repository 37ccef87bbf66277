// One option of a layer as a control, built from its JSON Schema.

import { make, write } from '../ui/dom.js';
import { stepped } from '../ui/numbers.js';

/**
 * @param layer the layer's name, for ids and tests
 * @param name the option's name
 * @param schema number or integer → slider (or a number field where it has no bounds), boolean → switch, enum → select, string → text
 * @param onChange called with each new value
 * @returns {{element: HTMLElement, set: function(*): void}} the control and a way to show a value
 */
export function optionControl(layer, name, schema, onChange) {
  const id = `opt-${layer}-${name}`;
  const words = [schema.description, schema['x-known'] && `This model knows ${schema['x-known'].join(', ')}.`].filter(Boolean).join(' ');
  const common = { id, 'data-testid': id, 'aria-describedby': words ? `${id}-hint` : undefined };
  const title = schema.title ?? sentence(name);
  const hint = words ? make('p', { class: 'hint', id: `${id}-hint` }, words) : null;
  if (schema.enum) return select(common, title, hint, schema, onChange);
  switch (schema.type) {
    case 'boolean':
      return toggle(common, title, hint, onChange);
    case 'number':
    case 'integer':
      return Number.isFinite(schema.minimum) && Number.isFinite(schema.maximum)
        ? slider(common, title, hint, schema, onChange)
        : field(common, title, hint, { type: 'number', step: step(schema) }, (text) => onChange(Number(text)));
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
