import { mixBits } from "../../random/mixBits.ts";

/** Days between two anchored points of the path; a power of two. */
const BLOCK_DAYS = 512;
const DAY_LEVEL = Math.log2(BLOCK_DAYS);
/** A day of history has this many steps, at which alone its bars are exact. */
const HISTORY_LEVELS = 11;
export const STEPS_PER_DAY = 2 ** HISTORY_LEVELS;
/** A tick sees finer: 65,536 steps a day. */
const TICK_LEVELS = 16;
const TRADING_DAYS_PER_YEAR = 252;
/** Spread of the anchored points, in years of the instrument's own volatility: keeps prices near where they belong. */
const ANCHOR_YEARS = 0.25;

export interface BridgePathOptions {
  /** Names the instrument's own chance. */
  readonly key: number;
  /** Names the chance that all instruments share. */
  readonly marketKey: number;
  /** Standard deviation of a year's log return. */
  readonly annualVolatility: number;
  /** Share of the moves that is the market's, from -1 to 1: the correlation with it. */
  readonly correlation: number;
}

/**
 * A random walk that is a pure function of its time: log price at any position, without walking there. Points every
 * 512 days are drawn around zero, and each interval is halved again and again by a Brownian bridge (midpoint displacement),
 * every midpoint drawn from a hash of its place. So two years of history and the tick of this second come from one path,
 * and a restart continues it. Positions are in days and not negative; a fraction is a share of the day's volatility.
 */
export class BridgePath {
  readonly #key: number;
  readonly #marketKey: number;
  readonly #ownWeight: number;
  readonly #marketWeight: number;
  readonly #anchorDeviation: number;
  /** Standard deviation of the midpoint at each level. */
  readonly #deviations: readonly number[];

  constructor({ key, marketKey, annualVolatility, correlation }: BridgePathOptions) {
    this.#key = key;
    this.#marketKey = marketKey;
    this.#marketWeight = correlation;
    this.#ownWeight = Math.sqrt(1 - correlation * correlation);
    this.#anchorDeviation = annualVolatility * Math.sqrt(ANCHOR_YEARS);
    const dailyDeviation = annualVolatility / Math.sqrt(TRADING_DAYS_PER_YEAR);
    this.#deviations = Array.from(
      { length: DAY_LEVEL + TICK_LEVELS },
      (_, level) => (dailyDeviation * Math.sqrt(BLOCK_DAYS / 2 ** level)) / 2,
    );
  }

  /** Log price at a position, as fine as ticks see it. */
  at(position: number): number {
    return this.#descend(position, DAY_LEVEL + TICK_LEVELS).value;
  }

  /** Log prices of a whole day at its `STEPS_PER_DAY + 1` equally spaced positions, both ends included. */
  day(ordinal: number): Float64Array {
    const steps = new Float64Array(STEPS_PER_DAY + 1);
    const { left, right, block, index } = this.#descend(ordinal, DAY_LEVEL);
    steps[0] = left;
    steps[STEPS_PER_DAY] = right;
    for (let level = 0; level < HISTORY_LEVELS; level += 1) {
      const width = STEPS_PER_DAY >> level;
      const draw = this.#drawer(block, this.#deviations[DAY_LEVEL + level] ?? 0);
      const firstNode = 2 ** (DAY_LEVEL + level) + index * 2 ** level;
      for (let start = 0, node = firstNode; start < STEPS_PER_DAY; start += width, node += 1) {
        steps[start + width / 2] = ((steps[start] ?? 0) + (steps[start + width] ?? 0)) / 2 + draw(node);
      }
    }
    return steps;
  }

  #descend(position: number, levels: number) {
    const block = Math.floor(position / BLOCK_DAYS);
    let left = this.#anchor(block);
    let right = this.#anchor(block + 1);
    let index = 0;
    let share = position / BLOCK_DAYS - block;
    for (let level = 0; level < levels; level += 1) {
      const middle = (left + right) / 2 + this.#displacement(block, level, index);
      const isRight = share >= 0.5;
      if (isRight) left = middle;
      else right = middle;
      index = index * 2 + (isRight ? 1 : 0);
      share = share * 2 - (isRight ? 1 : 0);
    }
    return { left, right, block, index, value: left + (right - left) * share };
  }

  #anchor(block: number): number {
    return this.#drawer(block, this.#anchorDeviation)(0);
  }

  #displacement(block: number, level: number, index: number): number {
    return this.#drawer(block, this.#deviations[level] ?? 0)(2 ** level + index);
  }

  /** Draws for the nodes of a block, mean 0 with the given deviation. Made once for many nodes: a day has thousands. */
  #drawer(block: number, deviation: number): (node: number) => number {
    const ownKey = this.#key ^ Math.imul(block, 0x9e3779b1);
    const marketKey = this.#marketKey ^ Math.imul(block, 0x9e3779b1);
    const ownWeight = this.#ownWeight * deviation;
    const marketWeight = this.#marketWeight * deviation;
    return (node) => {
      const place = Math.imul(node, 0x85ebca6b);
      return ownWeight * bell(mixBits(ownKey ^ place)) + marketWeight * bell(mixBits(marketKey ^ place));
    };
  }
}

/** Mean and deviation of the sum of four bytes. */
const BELL_MEAN = 510;
const BELL_DEVIATION = Math.sqrt((4 * (256 * 256 - 1)) / 12);

/** Near enough to a normal deviate, from 32 random bits, and never beyond 3.5. */
function bell(bits: number): number {
  const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24);
  return (sum - BELL_MEAN) / BELL_DEVIATION;
}
