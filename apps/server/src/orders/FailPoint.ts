/**
 * The steps of an order's way after which a process may die, as the crash sweep kills it there. C8 (half of the request is
 * written) and C9 (all of it is, and no answer came) are on the wire: a proxy in front of the broker makes them.
 *
 * A cancel and a replacement come by at all but C5 to C7: there TX1 writes that it is wanted, and no executor claims it.
 *
 * - C1 the request is parsed and allowed
 * - TX1: C2 the intent is written and not committed · C3 committed · C4 the answer is made and not given
 * - C5 the owner has seen the intent
 * - TX2: C6 the claim is written and not committed · C7 committed, nothing is written to the wire
 * - TX3: C10 the broker has answered, nothing is committed · C11 committed · C12 before an event is told to a browser
 */
export const FAIL_POINTS = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C10", "C11", "C12"] as const;
export type FailPointName = (typeof FAIL_POINTS)[number];

/** Told at each of these moments, in the same tick. */
export type FailPoint = (name: FailPointName) => void;

export const noFailPoint: FailPoint = () => undefined;
