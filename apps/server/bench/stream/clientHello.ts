import type { StreamKind } from "./Variant.ts";
import type { VariantName } from "./variants/VARIANTS.ts";

/** The path a client of a variant opens. */
export function pathOf(variant: VariantName): string {
  return variant === "socket.io" ? "/socket.io/?EIO=4&transport=websocket" : "/";
}

/** What it says once the socket is open. */
export function helloOf(
  variant: VariantName,
  kind: StreamKind,
  symbols: readonly string[],
  intervalMs: number,
): readonly string[] {
  if (variant === "bare ws") return [symbols.join(",")];
  if (variant === "socket.io") return ["40"];
  const input = kind === "quotes" && variant !== "stock tRPC per tick" ? { symbols, intervalMs } : { symbols };
  return [JSON.stringify({ id: 1, jsonrpc: "2.0", method: "subscription", params: { path: kind, input } })];
}

/** A text frame as a client sends it, masked with zeros. */
export function maskedFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length < 126) return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
  const header = Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 0xff, 0, 0, 0, 0]);
  return Buffer.concat([header, payload]);
}
