import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { migrate } from "./migrate.ts";
import { createTestDb } from "./testing/createTestDb.ts";

test("[DB82] a record of migrations that this version does not read is refused, and nothing is changed", async () => {
  await using store = await createTestDb();
  await store.db.execute(sql`alter table drizzle.__drizzle_migrations alter column created_at type text`);
  await store.db.execute(sql`update drizzle.__drizzle_migrations set created_at = 'soon'`);
  await expect(migrate(store.db)).rejects.toMatchObject({
    code: "STORED_DATA_INVALID",
    message: expect.stringContaining("drizzle.__drizzle_migrations"),
  });
});
