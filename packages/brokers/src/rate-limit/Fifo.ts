interface Node<Value> {
  readonly value: Value;
  before: Node<Value> | null;
  after: Node<Value> | null;
}

/** First in, first out; whatever stands in it is taken out in one step, wherever it stands. */
export class Fifo<Value> {
  #first: Node<Value> | null = null;
  #last: Node<Value> | null = null;
  readonly #nodes = new Map<Value, Node<Value>>();

  get size(): number {
    return this.#nodes.size;
  }

  /** The one that waits longest; null where nothing waits. */
  get first(): Value | null {
    return this.#first?.value ?? null;
  }

  has(value: Value): boolean {
    return this.#nodes.has(value);
  }

  add(value: Value): void {
    const node: Node<Value> = { value, before: this.#last, after: null };
    if (this.#last === null) this.#first = node;
    else this.#last.after = node;
    this.#last = node;
    this.#nodes.set(value, node);
  }

  /** @returns false where it does not stand in it (any more). */
  remove(value: Value): boolean {
    const node = this.#nodes.get(value);
    if (node === undefined) return false;
    this.#nodes.delete(value);
    if (node.before === null) this.#first = node.after;
    else node.before.after = node.after;
    if (node.after === null) this.#last = node.before;
    else node.after.before = node.before;
    return true;
  }

  /** Oldest first, as it stands now. */
  values(): readonly Value[] {
    return [...this.#nodes.keys()];
  }
}
