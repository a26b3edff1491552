/** The vendor's own limit (its Java client's), header included. */
export const LARGEST_FRAME_BYTES = 0xffffff;
const HEADER_BYTES = 4;
const NUL = 0;

/** Bytes that no gateway sends. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

/**
 * Cuts what a gateway sends into its frames: a length in four bytes, then that many, of which the last is a NUL. The
 * vendor's library trusts the length, and never returns from a negative one; so nothing reaches it that was not cut here.
 */
export class FrameSplitter {
  readonly #chunks: Buffer[] = [];
  #size = 0;
  /** Of the frame that has begun, header included; the header's own size before it is whole. */
  #wanted = HEADER_BYTES;

  /** Whole frames, header included, in their order. @throws FrameError, and then nothing more can be read. */
  push(chunk: Buffer): readonly Buffer[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#wanted) return [];
    const frames: Buffer[] = [];
    let bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    this.#wanted = HEADER_BYTES;
    while (bytes.length >= HEADER_BYTES) {
      const size = HEADER_BYTES + bodyBytes(bytes.readUInt32BE());
      if (bytes.length < size) {
        this.#wanted = size;
        break;
      }
      if (bytes[size - 1] !== NUL) throw new FrameError("a message without its end");
      frames.push(bytes.subarray(0, size));
      bytes = bytes.subarray(size);
    }
    this.#chunks.length = 0;
    if (bytes.length > 0) this.#chunks.push(bytes);
    this.#size = bytes.length;
    return frames;
  }
}

/** The text of a whole frame: fields, each ended by a NUL. */
export function frameText(frame: Buffer): string {
  return frame.toString("utf8", HEADER_BYTES);
}

function bodyBytes(size: number): number {
  if (size > 0 && size <= LARGEST_FRAME_BYTES - HEADER_BYTES) return size;
  throw new FrameError(`a message of ${size} bytes`);
}
