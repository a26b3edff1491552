import type { IBApi } from "@stoqey/ib";
import type { GatewayAddress } from "../IBTypes.ts";
import { FrameSplitter, frameText } from "./FrameSplitter.ts";

export interface VendorHooks {
  /** A whole frame's text, before the library reads it. @returns false where it is not to */
  readonly onFrame: (text: string) => boolean;
  /** The library threw at a frame, and what it told is lost. */
  readonly onUnreadable: (error: unknown) => void;
  /** The bytes are no gateway's; nothing more is read. */
  readonly onGarbage: (error: unknown) => void;
}

/**
 * The vendor's client for one TCP session, not connected yet; it is never connected twice, for what it could not send it
 * would send then (H1, H2). Its own pacing never holds anything back: it does not tell a cancel from a chart. All four
 * options are given, else it reads `.env` and the environment (H10).
 */
export function openVendorApi(Api: typeof IBApi, { host, port, clientId }: GatewayAddress, hooks: VendorHooks): IBApi {
  const api = new Api({ host, port, clientId, maxReqPerSec: Number.POSITIVE_INFINITY });
  guardReading(api, hooks);
  return api;
}

/**
 * Stands between the library's socket and its decoder. Both are private to it: `@stoqey/ib` is pinned exactly, and a test
 * fails where another version has them elsewhere. There is no public place that is early enough: a length below zero makes
 * the library's reading loop endless, and what its decoder throws ends the process.
 */
function guardReading(api: IBApi, { onFrame, onUnreadable, onGarbage }: VendorHooks): void {
  const controller = part(api, "controller");
  const socket = part(controller, "socket");
  const decoder = part(controller, "decoder");
  const read: unknown = Reflect.get(socket, "onData");
  if (typeof read !== "function") throw new TypeError("the vendor's library reads its socket in another way");
  const splitter = new FrameSplitter();
  let isReading = true;
  const take = (frame: Buffer): void => {
    try {
      if (onFrame(frameText(frame))) Reflect.apply(read, socket, [frame]);
    } catch (error) {
      // What is left of the frame would be taken for the beginning of the next.
      Reflect.set(decoder, "dataQueue", []);
      onUnreadable(error);
    }
  };
  Reflect.set(socket, "onData", (chunk: Buffer): void => {
    if (!isReading) return;
    try {
      for (const frame of splitter.push(chunk)) take(frame);
    } catch (error) {
      isReading = false;
      onGarbage(error);
    }
  });
}

/**
 * Call it when the library has begun to connect: a message is then never held back until the one before it has been
 * acknowledged, which takes up to 40 ms.
 */
export function writeAtOnce(api: IBApi): void {
  const client = part(part(part(api, "controller"), "socket"), "client");
  const setNoDelay: unknown = Reflect.get(client, "setNoDelay");
  if (typeof setNoDelay !== "function") throw new TypeError("the vendor's library has another socket");
  Reflect.apply(setNoDelay, client, [true]);
}

/**
 * Throws away what the socket has not delivered yet, and ends it. `disconnect` alone leaves that to the operating system,
 * which goes on trying to deliver it for minutes: long after it was found that the gateway does not have it.
 */
export function throwAwayUnsent(api: IBApi): void {
  const client: unknown = Reflect.get(part(part(api, "controller"), "socket"), "client");
  if (typeof client !== "object" || client === null) return;
  const reset: unknown = Reflect.get(client, "resetAndDestroy");
  if (typeof reset !== "function") throw new TypeError("the vendor's library has another socket");
  Reflect.apply(reset, client, []);
}

function part(whole: object, name: string): object {
  const found: unknown = Reflect.get(whole, name);
  if (typeof found === "object" && found !== null) return found;
  throw new TypeError(`the vendor's library has no ${name}`);
}
