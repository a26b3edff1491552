/** Closes what was opened, last first, each of them even where another one fails. Node 20 has no AsyncDisposableStack. */
export class CloseStack implements AsyncDisposable {
  readonly #open: AsyncDisposable[] = [];
  #closing: Promise<void> | null = null;

  use<Resource extends AsyncDisposable>(resource: Resource): Resource {
    this.#open.push(resource);
    return resource;
  }

  /** Idempotent. @throws the first failure, when all have been tried */
  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const failures: unknown[] = [];
    for (const resource of this.#open.toReversed()) {
      try {
        await resource[Symbol.asyncDispose]();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
