/** How many there are of each; what has come to nothing is forgotten. */
export class Tally<Key> {
  readonly #counts = new Map<Key, number>();

  /** One more of it. @returns takes that one back, once however often it is called */
  add(key: Key): () => void {
    this.#counts.set(key, this.of(key) + 1);
    let isCounted = true;
    return () => {
      if (!isCounted) return;
      isCounted = false;
      const left = this.of(key) - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    };
  }

  of(key: Key): number {
    return this.#counts.get(key) ?? 0;
  }

  /** Keys of which there are any. */
  get size(): number {
    return this.#counts.size;
  }
}
