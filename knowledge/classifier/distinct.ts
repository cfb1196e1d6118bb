import type { Features } from './features.ts';

/** Enough for every run of letters of the longest text that is read. */
const SLOTS = 1 << 14;

/** Takes numbers and gives the distinct ones of each group; used again for the next text, so that a turn leaves no garbage of sets. */
export class Distinct {
  private readonly slots = new Int32Array(SLOTS);
  /** In which round a slot was filled: a new round empties all slots at once. No 32 bits, which some days of full load use up. */
  private readonly rounds = new Float64Array(SLOTS);
  private round = 1;
  private readonly found = new Int32Array(2 * SLOTS);
  private size = 0;
  private ends: number[] = [];

  add(id: number): void {
    let slot = Math.imul(id, 0x9e3779b1) >>> 18;
    for (; this.rounds[slot] === this.round; slot = (slot + 1) % SLOTS) if (this.slots[slot] === id) return;
    this.rounds[slot] = this.round;
    this.slots[slot] = id;
    this.found[this.size++] = id;
  }

  /** Numbers of the next group may be the same again. */
  endGroup(): void {
    this.ends.push(this.size);
    this.round += 1;
  }

  /** The numbers of the groups that ended since the last call, in the order they came. */
  take(): Features {
    const taken = { ids: this.found.slice(0, this.size), ends: this.ends };
    this.size = 0;
    this.ends = [];
    return taken;
  }
}
