import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { connect } from "../connect.ts";
import { migrate } from "../migrate.ts";
import { Engine } from "./Engine.ts";
import { templatePath } from "./template.ts";

/** Makes the migrated, empty database that first starts begin from: `pnpm run template`. Does nothing where it is there. */
const path = await templatePath();
const scratch = await mkdtemp(join(tmpdir(), "trenddojo-template-"));
try {
  await using engine = await Engine.start({ dataDirectory: join(scratch, "database"), templatePath: null });
  const { db, client } = connect({ socketPath: engine.socketPath, maxConnections: 1 });
  await migrate(db);
  await client.end();
  await mkdir(dirname(path), { recursive: true });
  // Two builds at once, or one that dies half-way, must not leave half a template under the real name.
  const draft = `${path}.${process.pid}`;
  await engine.dump(draft);
  await rename(draft, path);
} finally {
  await rm(scratch, { recursive: true, force: true });
}
