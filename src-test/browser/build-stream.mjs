// A stream is built by clicking: a source, layers in an order, a sink. A refusal of the server stands beside its field. What
// runs is seen in small, changed while it runs, watched, and ended; its file is there. By the keyboard alone, and on a phone.
//
//   node build-stream.mjs --base=http://localhost:8080

import { launchChromium } from './lib/browsers.mjs';
import { walk } from './lib/keyboard.mjs';
import * as pages from './lib/pages.mjs';
import { closing, options, run, until } from './lib/scenario.mjs';

const given = options({ base: 'http://localhost:8080' });
const failures = [];
const RED = [0xe0, 0x10, 0x10];

const expect = (holds, what) => {
  if (!holds) failures.push(what);
};

const ready = (page) => until(async () => (await pages.state(page)).phase === 'ready', 10_000, 50);

const documentNow = (page) => page.$eval(pages.byTestId('document'), (area) => JSON.parse(area.value));

/** Adds a part to a list, and gives the element's selector. */
async function add(page, list, kind) {
  await page.select(pages.byTestId(`${list}-choice`), kind);
  const before = await page.$$eval(`[data-testid="${list}"] > .part`, (parts) => parts.map(({ id }) => id));
  await pages.press(page, `${list}-add`);
  const id = await page.$$eval(`[data-testid="${list}"] > .part`, (parts, known) => parts.map((part) => part.id).find((one) => !known.includes(one)), before);
  return id;
}

/** Types into the field of an option. */
async function fill(page, part, option, text) {
  const field = await page.waitForSelector(`#opt-${part}-${option}`, { visible: true });
  await field.evaluate((input) => input.select());
  await field.type(text);
  await page.keyboard.press('Tab');
}

const card = '[data-testid="stream-card"][data-stream^="gate-"]';

/** Colours of the small picture, at shares of its sides. */
function smallPicture(page, points) {
  return page.evaluate(
    (css, wanted) => {
      const image = document.querySelector(`${css} [data-testid="thumbnail"]`);
      if (!image || image.hidden || !image.naturalWidth) return null;
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(image, 0, 0);
      const all = context.getImageData(0, 0, canvas.width, canvas.height).data;
      const at = ([x, y]) => [...context.getImageData(Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1).data.slice(0, 3)];
      return { width: canvas.width, height: canvas.height, sum: all.reduce((sum, value, index) => (sum + value * ((index % 251) + 1)) % 1_000_003, 0), points: wanted.map(at) };
    },
    card,
    points,
  );
}

const isNear = (colour, wanted) => colour.every((value, index) => Math.abs(value - wanted[index]) < 45);

async function built(page) {
  await page.type(pages.byTestId('build-name'), 'gate');
  await page.select(pages.byTestId('source-kind'), 'test');
  const source = await page.$eval('#source-options select', (select) => select.id.split('-').slice(1, 3).join('-'));
  await page.select(`#opt-${source}-pattern`, 'bouncing-box');
  await fill(page, source, 'width', '640');
  await fill(page, source, 'height', '360');
  const first = await add(page, 'layers', 'text');
  await fill(page, first, 'text', 'first');
  const second = await add(page, 'layers', 'text');
  await fill(page, second, 'text', 'second');
  await add(page, 'layers', 'detect');
  const order = (await documentNow(page)).layers.map(({ name, options: set }) => set?.text ?? name);
  expect(order.join() === 'detect,first,second', `they stand as they run: ${order}`);
  await (await page.$(`#${second} [data-testid="move-up"]`)).press('Enter');
  const moved = (await documentNow(page)).layers.map(({ name, options: set }) => set?.text ?? name);
  expect(moved.join() === 'detect,second,first', `moved by the keyboard: ${moved}`);
  expect(await page.evaluate((id) => document.activeElement.closest('.part')?.id === id, second), 'the focus stays with what was moved');
  await (await page.$(`#${second} [data-testid="remove-part"]`)).click();
  expect((await documentNow(page)).layers.length === 2, 'one is taken away');
  const gain = await add(page, 'audio-layers', 'gain');
  expect((await documentNow(page)).audio_layers[0].name === 'gain' && gain, 'a layer of sound');
  const sink = await add(page, 'sinks', 'file');
  await fill(page, sink, 'path', 'built.mp4');
  await page.select(`#opt-${sink}-whenBehind`, 'drop'); // a machine that is busy with browsers may be slower than the stream
  return { first, source };
}

/** Abbreviations are written as such. */
async function labelled(page) {
  const labels = await page.$$eval('#source-options select option', (all) => all.map(({ textContent }) => textContent));
  expect(labels.includes('SMPTE bars') && labels.includes('Bouncing box'), `labels of the patterns: ${labels}`);
}

/** What the server refuses stands beside its field, which has the focus, and is said in the words of its label. */
async function refused(page, part) {
  await fill(page, part, 'color', 'red');
  await pages.press(page, 'start-stream');
  const fault = `#opt-${part}-color-fault`;
  const said = await until(() => page.$eval(fault, (text) => text.textContent).catch(() => ''), 5000, 50);
  expect(/^Colour must be /.test(said), `the fault is beside the field, by its label: ${said}`);
  const field = await page.$eval(`#opt-${part}-color`, (input) => ({ invalid: input.getAttribute('aria-invalid'), described: input.getAttribute('aria-describedby'), focus: document.activeElement === input }));
  expect(field.invalid === 'true' && field.described.includes('color-fault') && field.focus, `and is said of it: ${JSON.stringify(field)}`);
  await page.$eval(`#opt-${part}-color`, (input) => input.select());
  await page.type(`#opt-${part}-color`, '#FFFFFF');
  expect(!(await page.$(fault)), 'what is mended is not blamed any more, before the field is left: nothing moves under the pointer then');
  await page.keyboard.press('Tab');
}

async function seenInSmall(page) {
  const first = await until(() => smallPicture(page, []), 20_000);
  expect(first?.width === 320 && first.height === 180, `the small picture: ${JSON.stringify(first)}`);
  const later = await until(async () => {
    const now = await smallPicture(page, []);
    return now && now.sum !== first?.sum ? now : null;
  }, 20_000);
  expect(later, 'it moves');
}

async function changedLive(page) {
  await pages.press(page, 'card-layers');
  await page.waitForSelector('[data-testid="live-layers"]', { timeout: 5000 });
  const part = await add(page, 'live-layers', 'text');
  await fill(page, part, 'text', 'XXXXXXXX');
  for (const [option, value] of [['boxColor', '#E01010'], ['color', '#E01010']]) await fill(page, part, option, value);
  for (const [option, value] of [['size', 200], ['x', 0], ['y', 0], ['boxOpacity', 1]]) {
    await page.$eval(`#opt-${part}-${option}`, (input, wanted) => {
      input.value = wanted;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }, value);
  }
  const red = await until(async () => {
    const now = await smallPicture(page, [[0.02, 0.03]]);
    return now && isNear(now.points[0], RED);
  }, 20_000);
  expect(red, `the layer is in the small picture: ${JSON.stringify(await smallPicture(page, [[0.02, 0.03]]))}`);
  await fill(page, part, 'color', 'nothing');
  expect(await until(() => page.$eval(`#opt-${part}-color-fault`, (text) => text.textContent).catch(() => ''), 5000, 50), 'a refused change is said beside its field');
  await fill(page, part, 'color', '#FFFFFF');
}

async function watched(browser, page) {
  const address = await page.$eval(`${card} [data-testid="card-watch"]`, (link) => link.href);
  const watch = await pages.open(browser, address);
  const counters = await pages.decoded(watch, 10, 15_000);
  expect((counters?.video?.framesDecoded ?? 0) >= 10, `it is watched: ${JSON.stringify(counters)}`);
  await watch.close();
  await page.bringToFront();
}

/** Asks the server as the page would. */
const asked = (page, path) => page.evaluate(async (wanted) => {
  const { raw } = JSON.parse(sessionStorage.getItem('framecast.studio'));
  const answer = await fetch(wanted, { headers: { Authorization: `Bearer ${raw.access_token}` } });
  const text = await answer.text();
  return { status: answer.status, text, body: answer.ok ? JSON.parse(text) : null };
}, path);

/** It is listed by the name that was typed, and by what viewers and programs know it by. */
async function named(page) {
  const name = await page.$eval(card, (element) => element.dataset.stream);
  const shown = await page.$eval(card, (element) => ({ title: element.querySelector('h2').textContent, id: element.querySelector('[data-testid="card-id"]').textContent }));
  expect(shown.title === 'gate' && shown.id === name, `named: ${JSON.stringify(shown)}`);
  const written = await asked(page, `/streams/${name}`);
  expect(/"width":640,"height":360[,}]/.test(written.text), `whole numbers are whole: ${written.text}`);
}

async function ended(page) {
  const name = await page.$eval(card, (element) => element.dataset.stream);
  await pages.press(page, 'card-end');
  expect(await until(async () => !(await page.$(card)), 10_000), 'the card goes');
  expect((await asked(page, `/streams/${name}`)).status === 404, 'and so does the stream');
  const files = (await asked(page, '/recordings')).body.recordings.map(({ file }) => file);
  expect(files.includes('built.mp4'), `its file is there: ${files}`);
  const rows = () => page.$$eval(pages.byTestId('recording'), (all) => all.map((row) => row.textContent));
  expect(await until(async () => (await rows()).some((row) => row.includes('built.mp4')), 10_000), `and listed on the page: ${await rows()}`);
  await page.click(`${pages.byTestId('recording')} button:nth-of-type(1)`);
  const plays = await until(() => page.$eval(pages.byTestId('recording-player'), (video) => !video.hidden && video.currentTime > 0.2 && video.videoWidth), 15_000);
  expect(plays === 640, `where it plays: ${plays}`);
  await page.click(`${pages.byTestId('recording')} button:nth-of-type(3)`);
  expect(await until(async () => !(await rows()).length && page.$eval(pages.byTestId('recording-player'), (video) => video.hidden), 10_000), `and is deleted: ${await rows()}`);
}

/** A layer that the page cannot set stays through a change, and what is changed just before the editor closes is sent. */
async function kept(page) {
  const layers = [{ name: 'video' }, { name: 'text', options: { text: 'first' } }];
  const made = await page.evaluate(async (json) => {
    const { raw } = JSON.parse(sessionStorage.getItem('framecast.studio'));
    const answer = await fetch('/streams', { method: 'POST', headers: { Authorization: `Bearer ${raw.access_token}`, 'Content-Type': 'application/json' }, body: JSON.stringify(json) });
    return { status: answer.status, body: await answer.json() };
  }, { name: 'gate', source: { kind: 'test', options: { width: 320, height: 180 } }, layers, compositor: { kind: 'default' } });
  expect(made.status === 201, `a stream with a compositor: ${JSON.stringify(made)}`);
  await (await page.waitForSelector(`${card} [data-testid="card-layers"]`, { visible: true, timeout: 60_000 })).press('Enter');
  await page.waitForSelector('[data-testid="live-layers"] > [data-kind="text"]', { timeout: 5000 });
  const kinds = await page.$$eval('[data-testid="live-layers"] > .part', (parts) => parts.map(({ dataset }) => dataset.kind));
  expect(kinds.join() === 'video,text', `all of its layers are shown: ${kinds}`);
  await page.evaluate((css) => {
    const field = document.querySelector('[data-testid="live-layers"] > [data-kind="text"] input[id$="-text"]');
    field.value = 'last';
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
    document.querySelector(`${css} [data-testid="card-layers"]`).click();
  }, card);
  const now = async () => (await asked(page, `/streams/${made.body.name}`)).body.document.layers;
  const changed = await until(async () => (await now()).some(({ options: set }) => set?.text === 'last'), 5000, 50);
  expect(changed, `what was changed last is sent: ${JSON.stringify(await now())}`);
  expect((await now()).map(({ name }) => name).join() === 'video,text', `and nothing is dropped: ${JSON.stringify(await now())}`);
  await (await page.$(`${card} [data-testid="card-end"]`)).press('Enter');
  expect(await until(async () => !(await page.$(card)), 10_000), 'the card goes');
}

async function onAPhone(browser) {
  const page = await pages.open(browser, `${given.base}/build`, { width: 390, height: 844, dark: true });
  await ready(page);
  await add(page, 'layers', 'text');
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider <= 0, `the page is ${wider} px wider than a phone`);
  return page.faults;
}

await run(
  async () => {
    const browser = closing(await launchChromium());
    const page = await pages.open(browser, `${given.base}/build`);
    expect(await ready(page), 'the page is ready');
    await page.bringToFront();
    const stops = await walk(page, expect, 80);
    for (const wanted of ['build-name', 'source-kind', 'layers-choice', 'layers-add', 'audio-layers-add', 'sinks-add', 'start-stream']) expect(stops.includes(wanted), `Tab reaches ${wanted}: ${stops}`);
    expect(/^Skip/.test(stops[0]), `the first stop skips the rest: ${stops[0]}`);
    await labelled(page);
    const { first } = await built(page);
    await refused(page, first);
    await page.focus(pages.byTestId('start-stream'));
    await page.keyboard.press('Enter');
    expect(await until(() => page.$(card), 10_000), 'the stream has a card');
    await named(page);
    await seenInSmall(page);
    await changedLive(page);
    await watched(browser, page);
    await page.$eval(pages.byTestId('document-details'), (details) => (details.open = true));
    await pages.press(page, 'copy-document');
    expect(await until(() => page.$eval(`${pages.byTestId('copy-document')} span`, (span) => span.textContent === 'Copied'), 3000, 50), 'the document is copied');
    await ended(page);
    await kept(page);
    const faults = [...page.faults, ...(await onAPhone(browser))].filter((fault) => !/^(422 (POST|PATCH) \/streams|404 GET \/streams\/gate-|(409|503) GET \/streams\/.*\/thumbnail)/.test(fault));
    expect(faults.length === 0, faults.join());
    return { ok: failures.length === 0, failures, stops };
  },
  { limitMillis: 140_000 },
);
