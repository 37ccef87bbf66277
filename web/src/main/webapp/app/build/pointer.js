// Which part of a document a refusal points to.

/** `/layers/1/options/x~1y` as `{section: 'layers', index: 1, option: 'x/y'}`. */
export function pointed(pointer) {
  const steps = String(pointer ?? '').split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const [section = '', ...rest] = steps;
  const index = /^\d+$/.test(rest[0] ?? '') ? Number(rest.shift()) : undefined;
  return { section, index, option: rest[0] === 'options' ? rest[1] : undefined };
}
