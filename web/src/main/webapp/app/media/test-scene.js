// The test scene: shapes and faces that drift and turn over a cluttered backdrop. The detector knows all of them.

const WIDTH = 640;
const HEIGHT = 360;

// Positions are a slow walk: x and y swing around a middle, each with its own reach and period in seconds.
const OBJECTS = [
  { kind: 'circle', size: 84, fill: '#e2574c', shade: '#b83a31', line: '#5e1713', middle: [116, 104], reach: [64, 44], period: [9.1, 7.3], turn: 0 },
  { kind: 'square', size: 88, fill: '#3c7fd6', shade: '#2a5fa8', line: '#12305c', middle: [318, 250], reach: [92, 46], period: [11.7, 8.1], turn: 0.35 },
  { kind: 'triangle', size: 96, fill: '#f0b429', shade: '#cf9013', line: '#6b4700', middle: [500, 104], reach: [70, 40], period: [8.7, 10.3], turn: -0.3 },
  { kind: 'star', size: 100, fill: '#9a5bd1', shade: '#7539ad', line: '#371556', middle: [142, 262], reach: [66, 38], period: [12.1, 9.7], turn: 0.4 },
  { kind: 'face', size: 112, fill: '#edb98a', shade: '#edb98a', line: '#7a5232', hair: '#4a2f1b', eyes: '#1f4e79', lips: '#b5483d', middle: [516, 246], reach: [54, 34], period: [10.3, 7.9], turn: 0.06 },
  { kind: 'face', size: 78, fill: '#8d5524', shade: '#8d5524', line: '#3d210a', hair: '#1c1a1a', eyes: '#1a1a1a', lips: '#5e1f1f', middle: [312, 92], reach: [60, 28], period: [7.7, 9.1], turn: -0.08 },
];

const PATHS = {
  circle: ellipse(0.5, 0.5),
  square: polygon([[-0.42, -0.42], [0.42, -0.42], [0.42, 0.42], [-0.42, 0.42]]),
  triangle: polygon(corners(3, 0.54, 0.54)),
  star: polygon(corners(5, 0.54, 0.225)),
  face: ellipse(0.4, 0.5),
};

const FACE_PARTS = {
  hair: new Path2D('M-.385-.14C-.4-.62 .4-.62 .385-.14C.3-.3 .1-.3 0-.28C-.1-.3-.3-.3-.385-.14Z'),
  whites: twoEllipses(0.16, 0.065, 0.08, 0.065),
  pupils: twoEllipses(0.16, 0.065, 0.038, 0.045),
  nose: new Path2D('M0-.06L.06.13L-.06.13Z'),
  mouth: new Path2D('M-.19.22C-.08.27 .08.27 .19.22C.1.39-.1.39-.19.22Z'),
};

/** Draws itself on its own canvas of 640 × 360 for any moment in seconds. */
export class TestScene {
  #context;
  #backdrop = backdrop();

  constructor() {
    this.canvas = document.createElement('canvas');
    this.canvas.width = WIDTH;
    this.canvas.height = HEIGHT;
    this.#context = this.canvas.getContext('2d', { alpha: false });
    this.draw(0);
  }

  draw(seconds) {
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.#backdrop, 0, 0);
    for (const object of OBJECTS) paint(context, object, seconds);
  }
}

function paint(context, object, seconds) {
  const swing = (axis) => object.middle[axis] + object.reach[axis] * Math.sin((2 * Math.PI * seconds) / object.period[axis] + axis * 1.3);
  context.setTransform(1, 0, 0, 1, swing(0), swing(1));
  context.rotate(object.turn * Math.sin((2 * Math.PI * seconds) / 6.1));
  context.scale(object.size, object.size);
  const fill = context.createLinearGradient(-0.5, -0.5, 0.5, 0.5);
  fill.addColorStop(0, object.fill);
  fill.addColorStop(1, object.shade);
  context.fillStyle = fill;
  context.fill(PATHS[object.kind]);
  if (object.kind === 'face') paintFace(context, object);
  context.strokeStyle = object.line;
  context.lineWidth = 0.028;
  context.lineJoin = 'round';
  context.stroke(PATHS[object.kind]);
}

function paintFace(context, { hair, eyes, lips, line }) {
  const fills = [['hair', hair], ['whites', '#fff'], ['pupils', eyes], ['nose', line], ['mouth', lips]];
  for (const [part, colour] of fills) {
    context.fillStyle = colour;
    context.fill(FACE_PARTS[part]);
  }
}

/** A gradient with soft patches, thin bars and curves: things that are no object. The same on every start. */
function backdrop() {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d', { alpha: false });
  const random = repeatable(7);
  const between = (low, high) => low + (high - low) * random();
  const sky = context.createLinearGradient(0, 0, WIDTH * 0.4, HEIGHT);
  sky.addColorStop(0, '#dfe7e6');
  sky.addColorStop(1, '#8fa9a8');
  context.fillStyle = sky;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  for (let i = 0; i < 7; i++) {
    context.fillStyle = `hsl(${between(150, 210)} 18% ${between(60, 86)}% / 45%)`;
    context.beginPath();
    context.ellipse(between(0, WIDTH), between(0, HEIGHT), between(60, 150), between(30, 80), between(0, 3), 0, 7);
    context.fill();
  }
  for (let i = 0; i < 12; i++) {
    context.strokeStyle = `hsl(${between(0, 360)} 22% ${between(45, 75)}% / 60%)`;
    context.lineWidth = between(1, 5);
    context.beginPath();
    context.moveTo(between(0, WIDTH), between(0, HEIGHT));
    context.quadraticCurveTo(between(0, WIDTH), between(0, HEIGHT), between(0, WIDTH), between(0, HEIGHT));
    context.stroke();
  }
  return canvas;
}

/** A small linear congruential generator: numbers that look random and are the same for the same seed. */
function repeatable(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function ellipse(radiusX, radiusY) {
  const path = new Path2D();
  path.ellipse(0, 0, radiusX, radiusY, 0, 0, 2 * Math.PI);
  return path;
}

function twoEllipses(x, y, radiusX, radiusY) {
  const path = new Path2D();
  for (const side of [-x, x]) {
    path.moveTo(side + radiusX, -y);
    path.ellipse(side, -y, radiusX, radiusY, 0, 0, 2 * Math.PI);
  }
  return path;
}

function polygon(points) {
  const path = new Path2D();
  for (const [x, y] of points) path.lineTo(x, y);
  path.closePath();
  return path;
}

function corners(count, outer, inner) {
  const all = outer === inner ? count : count * 2;
  return Array.from({ length: all }, (_, i) => {
    const radius = all === count || i % 2 === 0 ? outer : inner;
    const angle = (2 * Math.PI * i) / all - Math.PI / 2;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}
