import { z } from "zod";

/** How a bigint is written, which JSON does not know. */
const bigintSchema = z.strictObject({ $int: z.string().regex(/^-?\d+$/) });

export function writeBigintJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? { $int: String(each) } : each));
}

/** @throws SyntaxError */
export function readBigintJson(text: string): unknown {
  return JSON.parse(text, (_, each: unknown) => {
    const read = bigintSchema.safeParse(each);
    return read.success ? BigInt(read.data.$int) : each;
  });
}
