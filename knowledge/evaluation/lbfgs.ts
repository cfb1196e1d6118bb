/** Gives the value at a point, and puts its slopes there into `slopes`. */
type Objective = (point: Float32Array, slopes: Float32Array) => number;

/** Steps remembered, for the shape of the valley. */
const MEMORY = 6;
const MOST_STEPS = 100;
/** Less gained by a step than this share of the value: arrived. */
const ENOUGH = 1e-4;

interface Step {
  moved: Float32Array;
  /** How the slopes changed on the way. */
  turned: Float32Array;
  curvature: number;
}

/**
 * The point where a smooth convex function is least, by limited-memory BFGS with halved steps (Nocedal and Wright,
 * Numerical Optimization, algorithms 7.4 and 7.5).
 */
export function minimize(objective: Objective, start: Float32Array): Float32Array {
  const steps: Step[] = [];
  let point = start;
  let slopes: Float32Array = new Float32Array(start.length);
  let value = objective(point, slopes);
  for (let n = 0; n < MOST_STEPS; n += 1) {
    const direction = directionFrom(slopes, steps);
    const fall = dot(direction, slopes);
    let length = n === 0 ? 1 / Math.sqrt(dot(slopes, slopes)) : 1;
    const next = new Float32Array(start.length);
    const nextSlopes = new Float32Array(start.length);
    let nextValue: number;
    do {
      for (let i = 0; i < next.length; i += 1) next[i] = point[i]! + length * direction[i]!;
      nextValue = objective(next, nextSlopes);
      length /= 2;
    } while (nextValue > value + 2e-4 * length * fall && length > 1e-8);
    const moved = next.map((at, i) => at - point[i]!);
    const turned = nextSlopes.map((at, i) => at - slopes[i]!);
    const curvature = dot(moved, turned);
    if (curvature > 0) steps.push({ moved, turned, curvature });
    if (steps.length > MEMORY) steps.shift();
    const gained = value - nextValue;
    [point, slopes, value] = [next, nextSlopes, nextValue];
    if (gained < ENOUGH * value) break;
  }
  return point;
}

/** Downhill, bent by what the last steps told of the valley. */
function directionFrom(slopes: Float32Array, steps: readonly Step[]): Float32Array {
  const direction = slopes.map((slope) => -slope);
  const shares: number[] = [];
  for (const { moved, turned, curvature } of steps.toReversed()) {
    const share = dot(moved, direction) / curvature;
    shares.unshift(share);
    add(direction, turned, -share);
  }
  const last = steps.at(-1);
  if (last) {
    const scale = last.curvature / dot(last.turned, last.turned);
    for (let i = 0; i < direction.length; i += 1) direction[i]! *= scale;
  }
  for (const [i, { moved, turned, curvature }] of steps.entries())
    add(direction, moved, shares[i]! - dot(turned, direction) / curvature);
  return direction;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

function add(to: Float32Array, what: Float32Array, times: number): void {
  for (let i = 0; i < to.length; i += 1) to[i]! += times * what[i]!;
}
