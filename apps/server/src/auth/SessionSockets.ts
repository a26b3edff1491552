import { Tally } from "../lib/Tally.ts";

/** What a socket must be able to do to be ended with its session. */
export interface ClosableSocket {
  close(code: number, reason: string): void;
}

/** The close code of a socket whose session has ended: sign in again, do not reconnect. */
const CLOSED_BY_SESSION = 4401;

interface Entry {
  readonly socket: ClosableSocket;
  readonly userId: string;
  readonly sessionId: string;
  readonly address: string;
}

/** The open sockets by session: sign-out, a revoked session and a new password close them at once. */
export class SessionSockets {
  readonly #entries = new Set<Entry>();
  readonly #users = new Tally<string>();
  readonly #addresses = new Tally<string>();
  readonly #onEnd: (sessionId: string) => void;

  /** @param onEnd told of each session that ends, whether it has a socket or not */
  constructor(onEnd: (sessionId: string) => void = () => undefined) {
    this.#onEnd = onEnd;
  }

  /** @returns what forgets the socket; call it when the socket has closed. */
  add(entry: Entry): () => void {
    this.#entries.add(entry);
    const counted = [this.#users.add(entry.userId), this.#addresses.add(entry.address)];
    return () => {
      this.#entries.delete(entry);
      for (const forget of counted) forget();
    };
  }

  /** Sockets that are open. */
  get size(): number {
    return this.#entries.size;
  }

  /** Those that have a socket, each once. */
  sessionIds(): readonly string[] {
    return [...new Set([...this.#entries].map(({ sessionId }) => sessionId))];
  }

  countOfUser(userId: string): number {
    return this.#users.of(userId);
  }

  countOfAddress(address: string): number {
    return this.#addresses.of(address);
  }

  /** Closes them with a code that says why; the peer has a second to agree. */
  closeSession(sessionId: string): void {
    this.#onEnd(sessionId);
    for (const entry of this.#entries) {
      if (entry.sessionId === sessionId) entry.socket.close(CLOSED_BY_SESSION, "the session has ended");
    }
  }
}
