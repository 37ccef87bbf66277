// axe on a page as it stands.

import fs from 'node:fs';
import { createRequire } from 'node:module';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules that are broken, each with the elements that break it; best practices count too. */
export async function violations(page) {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const result = await window.axe.run(document, { resultTypes: ['violations', 'incomplete'] });
    const plain = (rules) => rules.map(({ id, impact, help, nodes }) => ({ id, impact, help, elements: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`.slice(0, 300)) }));
    return { violations: plain(result.violations), incomplete: plain(result.incomplete).map(({ id, elements }) => ({ id, elements: elements.slice(0, 5) })) };
  });
}
