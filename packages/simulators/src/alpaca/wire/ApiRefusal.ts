/** Fields that the vendor puts beside `code` and `message`. */
export type RefusalExtras = Readonly<Record<string, unknown>>;

/** A request that the vendor would refuse: the status and the whole body of its answer. */
export class ApiRefusal extends Error {
  override readonly name = "ApiRefusal";
  readonly status: number;
  /** Absent where that layer of the vendor sends a message alone. */
  readonly code: number | undefined;
  readonly extras: RefusalExtras;

  constructor(status: number, code: number | undefined, message: string, extras: RefusalExtras = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.extras = extras;
  }

  get body(): object {
    return { ...(this.code === undefined ? {} : { code: this.code }), message: this.message, ...this.extras };
  }
}

/** What is wrong with the request itself. The HTTP status is not the code's prefix. */
export const invalid = (message: string, extras?: RefusalExtras): ApiRefusal =>
  new ApiRefusal(422, 40010001, message, extras);
/** What the rules of trading do not allow. */
export const unprocessable = (message: string, extras?: RefusalExtras): ApiRefusal =>
  new ApiRefusal(422, 42210000, message, extras);
/** What this account may not do: not a matter of credentials. */
export const forbidden = (message: string, extras?: RefusalExtras): ApiRefusal =>
  new ApiRefusal(403, 40310000, message, extras);
export const notFound = (message: string): ApiRefusal => new ApiRefusal(404, 40410000, message);
