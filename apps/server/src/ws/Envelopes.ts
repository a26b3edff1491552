import type { Envelope } from "../streams/EncodedItem.ts";

/** Clients count their requests from 1 on each socket; whoever names them otherwise shares with nobody. */
const LARGEST_SHARED_ID = 10_000;

/** What tRPC writes round the data of a subscription. Those with the same small request id get the same object, on whatever socket. */
export class Envelopes {
  readonly #shared = new Map<string, Envelope>();

  /** @param id of the request, and `version` of JSON-RPC, as they came; undefined where the client told none. */
  of(id: unknown, version: unknown): Envelope {
    const jsonrpc = version === undefined ? "" : `,"jsonrpc":${JSON.stringify(version)}`;
    const before = `{"id":${JSON.stringify(id)}${jsonrpc},"result":{"type":"data","data":`;
    const known = this.#shared.get(before);
    if (known !== undefined) return known;
    const made = { before, after: "}}" };
    if (isSmall(id) && (version === undefined || version === "2.0")) this.#shared.set(before, made);
    return made;
  }
}

function isSmall(id: unknown): boolean {
  return typeof id === "number" && Number.isInteger(id) && id >= 0 && id <= LARGEST_SHARED_ID;
}
