/** No request comes near it; more is garbage, or an attack. */
export const MAX_FRAME_BYTES = 1024 * 1024;

const LENGTH_BYTES = 4;

/** Bytes that are no frame: the stream cannot be read on. */
export class BadFrame extends Error {
  override readonly name = "BadFrame";
}

/** Fields as a frame: a length of four bytes, big endian, then each field ended by NUL, the last one too. */
export function frameOf(fields: readonly string[]): Buffer {
  const body = Buffer.from(`${fields.join("\0")}\0`, "latin1");
  return Buffer.concat([lengthPrefix(body.length), body]);
}

export function lengthPrefix(bytes: number): Buffer {
  const prefix = Buffer.alloc(LENGTH_BYTES);
  prefix.writeUInt32BE(bytes);
  return prefix;
}

/** Cuts a byte stream into frames, however it was chopped on its way. */
export class FrameSplitter {
  #parts: Buffer[] = [];
  #held = 0;

  /**
   * The frames that are whole by now, without their length, oldest first.
   * @throws BadFrame when a frame claims to be longer than `MAX_FRAME_BYTES`; frames before it are told first.
   */
  *push(chunk: Buffer): Generator<Buffer> {
    this.#parts.push(chunk);
    this.#held += chunk.length;
    for (let body = this.#take(); body !== null; body = this.#take()) yield body;
  }

  #take(): Buffer | null {
    const length = this.#length();
    if (length === null || this.#held < LENGTH_BYTES + length) return null;
    const all = this.#joined();
    const rest = all.subarray(LENGTH_BYTES + length);
    this.#parts = rest.length === 0 ? [] : [rest];
    this.#held = rest.length;
    return all.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
  }

  #length(): number | null {
    if (this.#held < LENGTH_BYTES) return null;
    const head = this.#parts[0];
    const length = (head !== undefined && head.length >= LENGTH_BYTES ? head : this.#joined()).readUInt32BE();
    if (length > MAX_FRAME_BYTES) throw new BadFrame(`a frame of ${length} bytes; the most is ${MAX_FRAME_BYTES}`);
    return length;
  }

  /** In one piece, and kept so: a frame that arrives in a thousand parts is joined once it is whole. */
  #joined(): Buffer {
    const all = this.#parts.length === 1 && this.#parts[0] !== undefined ? this.#parts[0] : Buffer.concat(this.#parts);
    this.#parts = [all];
    return all;
  }
}
