import { textFrame } from "../ws/textFrame.ts";
import type { Envelope } from "./EncodedItem.ts";

/** The frames of one JSON text, one for each envelope that asks, made once. */
export class SharedFrames {
  readonly #frames = new Map<string, Buffer>();

  of(json: string, { before, after }: Envelope): Buffer {
    const known = this.#frames.get(before);
    if (known !== undefined) return known;
    const made = textFrame(before + json + after);
    this.#frames.set(before, made);
    return made;
  }
}
