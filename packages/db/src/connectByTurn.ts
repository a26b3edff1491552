import { Socket } from "node:net";

/** Where the driver wants to go, as it has read it from the address. */
export interface DriverAddress {
  readonly host?: readonly string[];
  readonly port?: readonly number[];
  readonly path?: unknown;
}

/** Bytes: more than all statements under way come to. */
const NEVER_FULL = { allowHalfOpen: false, writableHighWaterMark: 64 * 1024 * 1024 };

/**
 * Begins to connect; the driver hears of what becomes of it. The connection sends what is written in one turn of the event
 * loop in one piece: the driver writes statement by statement, and most of what a write costs is to wake the other side.
 * It never calls itself full, for of a transaction that begins on one that does the driver forgets where it runs.
 */
export function connectByTurn({
  host: [host = "localhost"] = [],
  port: [port = 5432] = [],
  path,
}: DriverAddress): Socket {
  // The driver reads from it whom a certificate has to name.
  const socket = Object.assign(new Socket(NEVER_FULL), { host });
  if (typeof path === "string") socket.connect(path);
  else socket.connect(port, host);
  // Only now: to connect gives a socket the `write` of every other.
  const write = socket.write.bind(socket);
  return Object.assign(socket, {
    write: (chunk: string | Uint8Array, done?: (error?: Error | null) => void): boolean => {
      if (socket.writableCorked === 0) {
        socket.cork();
        process.nextTick(() => socket.uncork());
      }
      return write(chunk, done);
    },
  });
}
