import { MODES } from "@trenddojo/brokers/domain";
import { z } from "zod";

/** Wire rule: JSON-native only. Decimals are canonical strings, instants ISO 8601 UTC strings, ids strings. */
export const mode = z.enum(MODES);
export const instant = z.iso.datetime({ offset: false });
export const decimal = z.string().regex(/^-?\d{1,18}(\.\d{1,9})?$/, "a decimal such as 187.5, with at most 9 decimals");
export const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\x21-\x7e]+$/);
/** Upper case, as exchanges list it: "AAPL", "BRK.B". */
export const symbol = z.string().regex(/^[A-Z][A-Z0-9.-]{0,14}$/, "a symbol such as AAPL");
export const cursor = z.string().max(128);
/** What tRPC's infinite queries send along with a cursor; lists here only go forward. */
export const direction = z.literal("forward").optional();
export const pageSize = z.number().int().min(1).max(500).default(100);
export const params = z.record(z.string(), z.union([z.string(), z.number()]));
