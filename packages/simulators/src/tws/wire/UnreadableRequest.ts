/** A request that does not fit its layout: error 320. `id` is that of the order or request it is about; -1 unknown. */
export class UnreadableRequest extends Error {
  override readonly name = "UnreadableRequest";
  readonly code = 320;
  readonly id: number;

  /** @param reason ends up on the wire: printable ASCII. */
  constructor(id: number, reason: string) {
    super(`Error reading request:${reason}`);
    this.id = id;
  }
}
