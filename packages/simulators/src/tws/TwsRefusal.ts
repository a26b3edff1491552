/** A request that the gateway refuses: an error message with TWS's code. */
export class TwsRefusal extends Error {
  override readonly name = "TwsRefusal";
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
