/** What was pressed so far: nothing, or the first key of a pair such as `g o`. */
export interface ChordState {
  readonly prefix: string | null;
  /** Monotonic milliseconds of the prefix. */
  readonly at: number;
}

export const NO_CHORD: ChordState = { prefix: null, at: 0 };

/** The second key of a pair must follow within this time. */
const CHORD_MS = 1_200;

/**
 * One key further: the chord that is complete ("/", "g o"), if any, and what is waited for next. A key that begins
 * pairs waits for the second one; a second key that makes no known pair is forgotten.
 */
export function readKey(
  state: ChordState,
  key: string,
  now: number,
  known: ReadonlySet<string>,
): { readonly chord: string | null; readonly state: ChordState } {
  if (state.prefix !== null && now - state.at <= CHORD_MS) {
    const pair = `${state.prefix} ${key}`;
    return { chord: known.has(pair) ? pair : null, state: NO_CHORD };
  }
  if (known.has(key)) return { chord: key, state: NO_CHORD };
  const beginsPair = [...known].some((chord) => chord.startsWith(`${key} `));
  return { chord: null, state: beginsPair ? { prefix: key, at: now } : NO_CHORD };
}
