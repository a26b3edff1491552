import { hostname } from "node:os";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Executor } from "../Db.ts";

const PREFIX = "trenddojo desk ";
/** Postgres cuts a session's name off there. */
const MOST_BYTES = 63;

/** A desk that has this database open. */
export interface DeskSession {
  readonly host: string;
  /** Its process there. */
  readonly pid: number;
}

/** What the sessions of a desk that runs as this process call themselves, so that others can see that it is there. */
export function deskSessionName(): string {
  const end = ` ${process.pid}`;
  return `${PREFIX}${hostname().slice(0, MOST_BYTES - PREFIX.length - end.length)}${end}`;
}

const session = z.array(z.object({ name: z.string() }));

/**
 * The desks whose sessions are open on a Postgres server, by what they call themselves. A pooler in between may hide them,
 * and so may the server from who is not their user: that none is named proves nothing.
 */
export async function deskSessions(db: Executor): Promise<readonly DeskSession[]> {
  const rows = await db.execute(
    sql`select distinct application_name as name from pg_stat_activity
      where datname = current_database() and application_name like ${`${PREFIX}%`} order by 1`,
  );
  return session.parse([...rows]).map(({ name }) => {
    const words = name.slice(PREFIX.length).split(" ");
    return { host: words.slice(0, -1).join(" "), pid: Number(words.at(-1)) };
  });
}
