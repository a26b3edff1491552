import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { connect } from "../connect.ts";
import { migrate } from "../migrate.ts";
import { Engine } from "./Engine.ts";
import { findTemplate, templatePath } from "./template.ts";

/** Makes the migrated, empty database that first starts copy: `pnpm run template`. Does nothing where it is there. */
if ((await findTemplate()) === null) await build(await templatePath());

async function build(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // On the template's own file system, so that it appears whole and at once, even where two builds run or one dies.
  const draft = await mkdtemp(`${path}.`);
  const sockets = await mkdtemp(join(tmpdir(), "trenddojo-"));
  try {
    const dataDirectory = join(draft, "database");
    await makeDatabase(dataDirectory, join(sockets, "db"));
    await rename(dataDirectory, path).catch(async (error: unknown) => {
      if ((await findTemplate()) === null) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(sockets, { recursive: true, force: true });
  }
}

async function makeDatabase(dataDirectory: string, socketPath: string): Promise<void> {
  await mkdir(dataDirectory, { mode: 0o700 });
  await using engine = await Engine.start({ dataDirectory, socketPath });
  const { db, client } = connect({ socketPath, maxConnections: 1 });
  await migrate(db);
  await client.end();
  await engine.close();
}
