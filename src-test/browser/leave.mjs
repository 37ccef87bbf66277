// A person leaves the studio by a link while it is live: the browser asks first, and whoever goes ends the stream.
//
//   node leave.mjs --base=http://localhost:8080

import { launchChromium } from './lib/browsers.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080' });
const failures = [];

const expect = (holds, what) => {
  if (!holds) failures.push(what);
};

/** Follows the studio's link to the streams, and answers what the browser asks. */
async function follow(page, answer) {
  const asked = [];
  const onDialog = async (dialog) => {
    asked.push(dialog.type());
    await dialog[answer]();
  };
  page.on('dialog', onDialog);
  await page.click('nav a[href="/build"]');
  await until(() => asked.length || new URL(page.url()).pathname === '/build', 5000, 50);
  page.off('dialog', onDialog);
  return asked.join();
}

await run(async () => {
  const browser = closing(await launchChromium());
  const page = await pages.startStudio(browser, given.base, 'scene');
  const link = await pages.viewerLink(page);
  const watch = await pages.open(browser, link);
  const seen = [];
  await watch.exposeFunction('seen', (view) => seen.push(view));
  await watch.evaluate(() => {
    let last = '';
    setInterval(() => {
      const { view } = window.framecast.state();
      if (view !== last) window.seen(view);
      last = view;
    }, 10);
  });
  expect(await until(() => seen.at(-1) === 'live', 20_000), `it is watched: ${seen}`);
  await page.bringToFront();

  expect((await follow(page, 'dismiss')) === 'beforeunload', 'who leaves is asked');
  expect((await pages.state(page)).phase === 'live', 'and may stay');
  expect((await follow(page, 'accept')) === 'beforeunload', 'who leaves is asked again');
  expect(await until(() => new URL(page.url()).pathname === '/build', 10_000), 'and may go');
  expect(await until(() => seen.at(-1) === 'waiting', 20_000), `the stream waits for its publisher: ${seen}`);
  expect(!seen.includes('reconnecting'), `nothing was lost on the way: ${seen}`);
  return { ok: failures.length === 0, failures, seen };
});
