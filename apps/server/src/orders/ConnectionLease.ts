import type { Clock, ConnectionId } from "@trenddojo/brokers/domain";

/** The right to speak for one connection. Only its holder may write orders to the wire. */
export interface Lease extends AsyncDisposable {
  /** Higher than every epoch of this connection before. */
  readonly epoch: number;
  /** Read in the same tick as the socket write. */
  isHeld(): boolean;
}

/** Decides which process owns a connection. */
export interface ConnectionLease {
  /** Resolves once the connection is ours; rejects when `signal` aborts. */
  acquire(connectionId: ConnectionId, options?: { readonly signal?: AbortSignal }): Promise<Lease>;
}

/**
 * The lease of a desk that runs as one process: it is always granted, to one holder at a time. The epoch is the
 * wall clock of the moment, so that it also rises from one start of the server to the next.
 */
export class InProcessConnectionLease implements ConnectionLease {
  readonly #clock: Clock;
  readonly #epochs = new Map<ConnectionId, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  acquire(connectionId: ConnectionId): Promise<Lease> {
    const epoch = Math.max(this.#clock.now(), (this.#epochs.get(connectionId) ?? 0) + 1);
    this.#epochs.set(connectionId, epoch);
    let released = false;
    return Promise.resolve({
      epoch,
      isHeld: () => !released && this.#epochs.get(connectionId) === epoch,
      [Symbol.asyncDispose]: () => {
        released = true;
        return Promise.resolve();
      },
    });
  }
}
