// The live numbers: tiles, the chart, latency by step, drops by cause.

import { byId, byTestId, make, makeSvg, write } from '../ui/dom.js';
import { bitrate, fixed, millis } from '../ui/numbers.js';
import { FpsChart } from './fps-chart.js';

// The indented steps are parts of the one above them.
const STEPS = [['queue', 'Queue'], ['process', 'Process'], ['decode', 'decode', 'part'], ['inference', 'inference', 'part'], ['encode', 'Encode'], ['send', 'Send'], ['total', 'All']];
const SERVER_CAUSES = [['late', 'Too late, in the server'], ['overflow', 'Queue full, in the server'], ['error', 'Error in a layer'], ['privacy', 'Held back for privacy']];
const PAGE_CAUSES = [['encoder', 'Encoder busy, in this page'], ['network', 'Network busy, from this page']];

/** Shows one `stats` event at a time. */
export class NumbersPanel {
  #chart = new FpsChart(byId('fps-chart'));
  #rows = new Map();

  constructor() {
    const body = byId('steps').tBodies[0];
    for (const [step, title, part] of STEPS) {
      const bar = makeSvg('rect', { class: 'bar', height: 8, rx: 2, width: 0 });
      const svg = makeSvg('svg', { 'aria-hidden': 'true' });
      svg.append(makeSvg('rect', { class: 'track', width: '100%', height: 8, rx: 2 }), bar);
      const cells = { p50: make('td', {}, '–'), p95: make('td', {}, '–'), bar };
      body.append(make('tr', { 'data-step': step }, make('th', { scope: 'row', class: part }, title), make('td', {}, step === 'total' ? null : svg), cells.p50, cells.p95));
      this.#rows.set(step, cells);
    }
  }

  /** @param stats the server's event @param pageDrops what this page dropped before sending @param ownViews viewers that are this page */
  show(stats, pageDrops, ownViews) {
    const [rate, unit] = bitrate(stats.bitrate_bps);
    const drops = { ...stats.dropped, ...pageDrops };
    const dropped = Object.values(drops).reduce((sum, count) => sum + (count || 0), 0);
    write(byTestId('stat-fps-in'), fixed(stats.fps_in, 1));
    write(byTestId('stat-fps-out'), fixed(stats.fps_out, 1));
    write(byTestId('stat-inference'), millis(stats.inference_ms_p50 ?? NaN));
    write(byTestId('stat-latency'), millis(stats.latency_ms?.total?.p50 ?? NaN));
    write(byTestId('stat-viewers'), fixed(Math.max(0, stats.viewers - ownViews)));
    write(byTestId('stat-bitrate'), rate);
    write(byId('bitrate-unit'), unit);
    write(byTestId('stat-dropped'), fixed(dropped));
    this.#showSteps(stats.latency_ms ?? {});
    this.#showCauses(drops);
    this.#chart.add(performance.now() / 1000, stats.fps_in ?? 0, stats.fps_out ?? 0);
  }

  /** Nothing is measured any more; the chart keeps what was. */
  rest() {
    for (const name of ['fps-in', 'fps-out', 'inference', 'latency', 'viewers', 'bitrate', 'dropped']) write(byTestId(`stat-${name}`), '–');
    this.#showSteps({});
  }

  clear() {
    this.#chart.clear();
    this.rest();
  }

  #showSteps(latency) {
    const longest = Math.max(1, ...STEPS.filter(([step]) => step !== 'total').map(([step]) => latency[step]?.p50 ?? 0));
    for (const [step, cells] of this.#rows) {
      const { p50, p95 } = latency[step] ?? {};
      write(cells.p50, p50 === undefined ? '–' : `${millis(p50)} ms`);
      write(cells.p95, p95 === undefined ? '–' : `${millis(p95)} ms`);
      cells.bar.setAttribute('width', `${(100 * (p50 ?? 0)) / longest}%`);
    }
  }

  #showCauses(drops) {
    const rows = [...PAGE_CAUSES, ...SERVER_CAUSES].map(([cause, title]) => make('div', {}, make('dt', {}, title), make('dd', {}, fixed(drops[cause] ?? 0))));
    if (byId('drops').open) document.querySelector('.causes').replaceChildren(...rows);
  }
}
