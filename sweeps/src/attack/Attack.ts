import { z } from "zod";

export const attackOptions = z.strictObject({
  /** Of the desk on this machine. */
  url: z.string(),
  /** Of somebody who may sign in and means no good; "" where nobody is. */
  cookie: z.string(),
  /** How long it goes on. */
  seconds: z.number().positive(),
  /** How many sockets, connections or guesses it is made with. */
  size: z.number().int().positive(),
});
export type AttackOptions = z.infer<typeof attackOptions>;

/** How often each thing happened: "closed 1008", "HTTP 429". */
export const tally = z.record(z.string(), z.number());
export type Tally = Record<string, number>;

/** Goes on until `signal` aborts and answers what the desk did about it; nothing of it is left open then. */
export type Attack = (options: AttackOptions, signal: AbortSignal) => Promise<Tally>;

export function count(counts: Tally, what: string, times = 1): void {
  counts[what] = (counts[what] ?? 0) + times;
}

/** One of this machine's own addresses for each number: 127.0.1.1 and on. */
export function addressOf(index: number): string {
  return `127.0.${1 + (Math.floor(index / 200) % 200)}.${1 + (index % 200)}`;
}
