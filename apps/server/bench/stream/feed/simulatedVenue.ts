import { z } from "zod";

/** Where a stand-in of Alpaca listens, as one process tells another. */
export const simulatedVenue = z.object({
  kind: z.literal("simulator"),
  trading: z.string(),
  data: z.string(),
  tradingStream: z.string(),
  dataStream: z.string(),
});
export type SimulatedVenue = z.infer<typeof simulatedVenue>;
