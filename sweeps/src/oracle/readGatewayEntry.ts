import { z } from "zod";
import type { OracleEntry } from "./Oracle.ts";

const request = z.object({
  kind: z.literal("request"),
  at: z.number(),
  clientId: z.number(),
  request: z.string(),
  orderRef: z.string().default(""),
});
const order = z.object({
  kind: z.literal("order"),
  at: z.number(),
  event: z.string(),
  permId: z.number(),
  orderRef: z.string(),
  execution: z.object({ id: z.string(), quantity: z.string(), price: z.string() }).optional(),
});
const entry = z.discriminatedUnion("kind", [
  request,
  order,
  z.object({ kind: z.literal("socket") }),
  z.object({ kind: z.literal("error") }),
]);

/** A line of the gateway's journal, in the words of the oracle. @throws ZodError */
export function readGatewayEntry(line: unknown): OracleEntry {
  const read = entry.parse(line);
  if (read.kind === "request") {
    const { kind, at, clientId, orderRef } = read;
    return { kind, at, method: read.request, path: orderRef, key: String(clientId), status: null };
  }
  if (read.kind !== "order") return { kind: "socket" };
  const { kind, at, event, permId, orderRef, execution } = read;
  return {
    kind,
    at,
    event,
    id: String(permId),
    clientOrderId: orderRef,
    ...(execution === undefined
      ? {}
      : { execution: { id: execution.id, qty: execution.quantity, price: execution.price } }),
  };
}
