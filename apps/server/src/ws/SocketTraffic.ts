/** A connection that counts its own bytes, as Node's sockets do. */
interface CountedSocket {
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

/** Bytes over all WebSockets since the desk started, counted by the sockets themselves and read when somebody asks. */
export class SocketTraffic {
  readonly #open = new Set<CountedSocket>();
  #bytesIn = 0;
  #bytesOut = 0;

  /** @returns what ends it: the socket's bytes stay in the sum. Idempotent. */
  add(socket: CountedSocket): () => void {
    this.#open.add(socket);
    return () => {
      if (!this.#open.delete(socket)) return;
      this.#bytesIn += socket.bytesRead;
      this.#bytesOut += socket.bytesWritten;
    };
  }

  read(): { readonly bytesIn: number; readonly bytesOut: number } {
    let bytesIn = this.#bytesIn;
    let bytesOut = this.#bytesOut;
    for (const { bytesRead, bytesWritten } of this.#open) {
      bytesIn += bytesRead;
      bytesOut += bytesWritten;
    }
    return { bytesIn, bytesOut };
  }
}
