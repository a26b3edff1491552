import { textFrame } from "../ws/textFrame.ts";
import type { Envelope } from "./EncodedItem.ts";

/** The frames of one JSON text, one for each envelope that asks, made once. */
export class SharedFrames {
  readonly #frames = new Map<Envelope, Buffer>();

  of(json: string, envelope: Envelope): Buffer {
    const known = this.#frames.get(envelope);
    if (known !== undefined) return known;
    const made = textFrame(envelope.before + json + envelope.after);
    this.#frames.set(envelope, made);
    return made;
  }
}
