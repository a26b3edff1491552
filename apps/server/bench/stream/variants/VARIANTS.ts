import type { StartVariant } from "../Variant.ts";
import { startBareWs } from "./bareWs.ts";
import { startOurs } from "./ours.ts";
import { startSocketIo } from "./socketIo.ts";
import { startStockConflated } from "./stockConflated.ts";
import { startStockPerTick } from "./stockPerTick.ts";

export const VARIANTS = {
  "bare ws": startBareWs,
  ours: startOurs,
  "stock tRPC": startStockConflated,
  "stock tRPC per tick": startStockPerTick,
  "socket.io": startSocketIo,
} as const satisfies Record<string, StartVariant>;
export type VariantName = keyof typeof VARIANTS;
export const VARIANT_NAMES = ["bare ws", "ours", "stock tRPC", "stock tRPC per tick", "socket.io"] as const;
