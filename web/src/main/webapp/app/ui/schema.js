// What a JSON Schema of options says.

/** The values when nothing is said. */
export function defaults(properties) {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, schema.default ?? firstOf(schema)]));
}

function firstOf(schema) {
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'boolean') return false;
  return schema.type === 'string' ? '' : (schema.minimum ?? 0);
}
