import { z } from "zod";

/** The answer of a mutation that has nothing else to tell: it was done. */
export const done = z.object({ done: z.literal(true) });
export const DONE = { done: true } as const;
