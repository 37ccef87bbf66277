// Frames per second over time, as two lines.

import { makeSvg } from '../ui/dom.js';
import { fixed } from '../ui/numbers.js';

const SPAN_SECONDS = 120;
const HEIGHT = 148;
const LEFT = 26;
const BOTTOM = 20;
const TOP = 8;
const SCALES = [30, 60, 90, 120];

/** Keeps the last two minutes and draws them when something new comes or the width changes. */
export class FpsChart {
  #svg;
  #samples = [];

  constructor(svg) {
    this.#svg = svg;
    new ResizeObserver(() => this.#draw()).observe(svg);
  }

  /** @param seconds when it was measured; gaps of over three seconds break the line */
  add(seconds, fpsIn, fpsOut) {
    this.#samples.push({ seconds, in: fpsIn, out: fpsOut });
    while (this.#samples.length && seconds - this.#samples[0].seconds > SPAN_SECONDS) this.#samples.shift();
    this.#draw();
  }

  clear() {
    this.#samples = [];
    this.#draw();
  }

  #draw() {
    const width = this.#svg.clientWidth;
    if (!width) return;
    const samples = this.#samples;
    const most = Math.max(0, ...samples.flatMap((sample) => [sample.in, sample.out]));
    const top = SCALES.find((scale) => most < scale * 1.1) ?? Math.ceil(most);
    const latest = samples.at(-1)?.seconds ?? 0;
    const x = (seconds) => width - ((latest - seconds) / SPAN_SECONDS) * (width - LEFT);
    const y = (fps) => HEIGHT - BOTTOM - (Math.min(fps, top) / top) * (HEIGHT - BOTTOM - TOP);
    this.#svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    this.#svg.replaceChildren(
      ...[0, top / 2, top].flatMap((fps) => gridLine(width, y(fps), fixed(fps))),
      label(LEFT, 'start', '2 min ago'),
      label(width, 'end', 'now'),
      line('in', samples, x, y),
      line('out', samples, x, y),
    );
    const last = samples.at(-1);
    this.#svg.setAttribute('aria-label', last ? `Frames per second: ${fixed(last.in)} in, ${fixed(last.out)} out` : 'Frames per second: nothing measured yet');
  }
}

function gridLine(width, y, text) {
  const words = makeSvg('text', { x: LEFT - 6, y: y + 4, 'text-anchor': 'end' });
  words.textContent = text;
  return [makeSvg('line', { class: 'grid', x1: LEFT, x2: width, y1: y, y2: y }), words];
}

function label(x, anchor, text) {
  const words = makeSvg('text', { x, y: HEIGHT - 3, 'text-anchor': anchor });
  words.textContent = text;
  return words;
}

function line(which, samples, x, y) {
  let path = '';
  samples.forEach((sample, i) => {
    const joined = i > 0 && sample.seconds - samples[i - 1].seconds < 3;
    path += `${joined ? 'L' : 'M'}${x(sample.seconds).toFixed(1)} ${y(sample[which]).toFixed(1)}`;
  });
  return makeSvg('path', { class: `line line-${which}`, d: path });
}
