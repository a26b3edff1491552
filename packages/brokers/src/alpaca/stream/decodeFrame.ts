import { parseExactJson } from "../rest/exactJson.ts";
import { MsgpackReader } from "./MsgpackReader.ts";

/** A frame that says nothing but that the other end lives. */
export const HEARTBEAT = Symbol("heartbeat");

const OPEN_BRACE = "{".codePointAt(0);
const OPEN_BRACKET = "[".codePointAt(0);

/**
 * Reads frames as they come, JSON or msgpack, numbers with more digits than a float keeps as their text: the paper trading
 * stream sends JSON in binary frames. A JSON message begins with a bracket, which in msgpack is a bare number.
 */
export class FrameDecoder {
  readonly #msgpack = new MsgpackReader();

  /** @throws SyntaxError or MsgpackError for what is neither. */
  decode(frame: Buffer): unknown {
    if (frame.length === 0 || (frame.length === 1 && frame[0] === 1)) return HEARTBEAT;
    if (isJson(frame)) return parseExactJson(frame.toString("utf8"));
    return this.#msgpack.read(frame);
  }
}

/** Whether a frame is JSON. An object or a list is all that these streams send. */
export function isJson(frame: Buffer): boolean {
  return frame[0] === OPEN_BRACE || frame[0] === OPEN_BRACKET;
}
