import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { connect } from "../connect.ts";
import * as audit from "../repositories/audit.ts";
import { createServerTestDb, findTestServer } from "../testing/createServerTestDb.ts";
import { NOW } from "../testing/fixtures.ts";
import { appRoleGrants } from "./appRoleGrants.ts";
import { openServer } from "./openServer.ts";

const server = await findTestServer();

describe.skipIf("skipped" in server)(`on a server${"skipped" in server ? `: skipped, ${server.skipped}` : ""}`, () => {
  const { url } = "url" in server ? server : { url: "" };

  test("[DB101] the desk runs under a role that may add to what is kept as written, and do nothing else to it", async () => {
    await using role = await createRole(url);
    await using owned = await createServerTestDb({ url });
    const [{ name } = { name: "" }] = await owned.db.execute<{ name: string }>(sql`select current_database() as name`);
    // It takes effect however often it is run.
    for (let run = 0; run < 2; run += 1) await owned.db.execute(sql.raw(appRoleGrants(role.name)));

    await using desk = await openServer(addressOf(url, { ...role, database: name }));
    const row = await desk.db.transaction((tx) => audit.append(tx, ENTRY));
    await desk.db.transaction((tx) => audit.append(tx, ENTRY));
    expect(await audit.verify(desk.db, row.chain)).toEqual({ rows: 2, ok: true, firstBadSequence: null });

    // Who owns the tables is refused by the triggers; to this role not even those are in reach.
    const codes: unknown[] = [];
    const statements = [
      "update audit_log set message = 'x'",
      "delete from audit_log",
      "truncate audit_log",
      "alter table audit_log disable trigger user",
      "drop trigger audit_log_append_only on audit_log",
      "set session_replication_role = replica",
      "update audit_checkpoints set signature = 'x'",
      "delete from audit_chains",
    ];
    for (const statement of statements) {
      const refusal = await desk.db.execute(sql.raw(statement)).catch(causeOf);
      codes.push([statement, refusal instanceof Error && "code" in refusal ? refusal.code : "done"]);
    }
    expect(codes).toEqual(statements.map((statement) => [statement, "42501"]));
  });

  test("[DB101] what a trigger refuses to anybody the role may not either, whatever table comes next", async () => {
    await using role = await createRole(url);
    await using owned = await createServerTestDb({ url });
    await owned.db.execute(sql.raw(appRoleGrants(role.name)));
    const guarded = await owned.db.execute<{ name: string; privilege: string; granted: boolean }>(sql`
      select tgrelid::regclass::text as name, privilege,
        has_table_privilege(${role.name}, tgrelid, privilege) as granted
      from pg_trigger join pg_proc on pg_proc.oid = tgfoid
        join (values ('DELETE', 8), ('UPDATE', 16), ('TRUNCATE', 32)) as bits (privilege, bit) on tgtype & bit <> 0
      where proname = 'refuse_change'`);
    expect(guarded.length).toBeGreaterThan(10);
    expect(guarded.filter(({ granted }) => granted)).toEqual([]);
  });
});

const ENTRY: audit.NewAuditEntry = {
  chain: "system",
  at: NOW,
  userId: null,
  action: "desk.started",
  subject: null,
  mode: null,
  message: "Started",
  details: {},
};

/** Of this test alone; it vanishes with what it was granted. */
async function createRole(
  url: string,
): Promise<AsyncDisposable & { readonly name: string; readonly password: string }> {
  const name = `trenddojo_test_${randomBytes(8).toString("hex")}`;
  const password = randomBytes(16).toString("hex");
  const { db, client } = connect({ url, maxConnections: 1 });
  await db.execute(sql.raw(`create role ${name} login password '${password}'`));
  return {
    name,
    password,
    async [Symbol.asyncDispose]() {
      try {
        await db.execute(sql.raw(`drop role ${name}`));
      } finally {
        await client.end();
      }
    },
  };
}

function addressOf(url: string, { name, password, database }: Readonly<Record<string, string>>): string {
  const address = new URL(url);
  address.username = name ?? "";
  address.password = password ?? "";
  address.pathname = `/${database ?? ""}`;
  return address.href;
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : error;
}
