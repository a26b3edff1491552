import { BadFrame, lengthPrefix } from "./frames.ts";
import { MIN_VERSION } from "./versions.ts";

/** What a client says first: `API\0`, a length, and the versions it speaks. */
export interface Hello {
  readonly minVersion: number;
  readonly maxVersion: number;
  /** "+PACEAPI"; "" of none. */
  readonly options: string;
  /** Bytes that came after it: the first frames. */
  readonly rest: Buffer;
}

const MAGIC = Buffer.from("API\0", "latin1");
const HEAD_BYTES = MAGIC.length + 4;
const MAX_TEXT_BYTES = 256;
const VERSIONS = /^v(\d{1,5})(?:\.\.(\d{1,5}))?(?: ([\x20-\x7E]*))?$/;

/**
 * Reads the hello from all that came so far; null while it is not whole.
 * @throws BadFrame as soon as it cannot become one.
 */
export function readHello(bytes: Buffer): Hello | null {
  const magic = bytes.subarray(0, MAGIC.length);
  if (!magic.equals(MAGIC.subarray(0, magic.length))) throw new BadFrame("not the hello of an API client");
  if (bytes.length < HEAD_BYTES) return null;
  const length = bytes.readUInt32BE(MAGIC.length);
  if (length > MAX_TEXT_BYTES) throw new BadFrame(`a hello of ${length} bytes; the most is ${MAX_TEXT_BYTES}`);
  if (bytes.length < HEAD_BYTES + length) return null;
  const match = VERSIONS.exec(bytes.toString("latin1", HEAD_BYTES, HEAD_BYTES + length));
  if (match === null) throw new BadFrame("a hello without versions");
  const [, from = "", to = from, options = ""] = match;
  const rest = bytes.subarray(HEAD_BYTES + length);
  return { minVersion: Number(from), maxVersion: Number(to), options, rest };
}

/** The newest version that both speak; null where there is none. @param newest that this gateway speaks. */
export function agreeOnVersion({ minVersion, maxVersion }: Hello, newest: number): number | null {
  const version = Math.min(maxVersion, newest);
  return version < minVersion || version < MIN_VERSION ? null : version;
}

/** The gateway's answer. @param time "20260415 18:28:23 Central European Standard Time" */
export function helloReply(version: number, time: string): Buffer {
  const body = Buffer.from(`${version}\0${time}\0`, "latin1");
  return Buffer.concat([lengthPrefix(body.length), body]);
}
