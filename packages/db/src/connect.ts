import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Db } from "./Db.ts";
import { connectByTurn } from "./connectByTurn.ts";
import { keepStatements } from "./keepStatements.ts";

export interface ConnectOptions {
  /** A postgres:// address; absent for `socketPath`. */
  readonly url?: string;
  readonly socketPath?: string;
  readonly maxConnections: number;
  /** What its sessions are called on the server. @default "trenddojo" */
  readonly sessionName?: string | undefined;
}

/** A driver and the Drizzle face of it; nothing is sent before the first query. */
export interface DriverConnection {
  readonly db: Db;
  readonly client: postgres.Sql;
}

/** Seconds. */
const CONNECT_TIMEOUT = 10;

/** The one way to the one driver: the same settings for a server and for the embedded database. */
export function connect({
  url,
  socketPath,
  maxConnections,
  sessionName = "trenddojo",
}: ConnectOptions): DriverConnection {
  const options = {
    max: maxConnections,
    connect_timeout: CONNECT_TIMEOUT,
    // The embedded socket takes one connection at a time: it must not be renewed while it is in use.
    max_lifetime: null,
    // No column is an array, so the driver need not learn the array types at each connect.
    fetch_types: false,
    onnotice: () => {},
    ...UNTYPED_OPTIONS,
    connection: { application_name: sessionName, TimeZone: "UTC" },
  } satisfies postgres.Options<Record<string, never>>;
  const client =
    url === undefined
      ? postgres({
          ...options,
          ...(socketPath === undefined ? {} : { path: socketPath }),
          user: "postgres",
          database: "postgres",
        })
      : postgres(url, { ...options, connection: { ...options.connection, synchronous_commit: "on" } });
  return { db: drizzle({ client: keepStatements(client) }), client };
}

/**
 * Options that the driver's types leave out. No pipeline is ever full: of a transaction whose `begin` fills one, the driver
 * forgets on which connection it runs, and leaves that one inside it (postgres.js 3.4.9, src/connection.js `execute`).
 */
const UNTYPED_OPTIONS = { socket: connectByTurn, max_pipeline: Number.POSITIVE_INFINITY };
