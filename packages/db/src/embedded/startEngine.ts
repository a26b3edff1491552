import { access, chmod, cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DbError } from "../DbError.ts";
import { Engine, type EngineOptions } from "./Engine.ts";

/**
 * Starts the engine on its folder; where that holds no database, on a copy of `template` or on a new one. A database
 * under construction is marked by a file beside the folder: it was never handed out, so after a crash it holds nothing
 * that was acknowledged, and is made anew.
 * @throws DbError DATA_DIR_DAMAGED, with the folder as it was
 */
export async function startEngine(options: EngineOptions, template: string | null): Promise<Engine> {
  const folder = options.dataDirectory;
  const mark = `${folder}.incomplete`;
  if ((await exists(join(folder, "PG_VERSION"))) && !(await exists(mark))) return open(options);
  await writeFile(mark, "");
  const engine = (template === null ? undefined : await tryTemplate(options, template)) ?? (await create(options));
  await rm(mark);
  return engine;
}

async function open(options: EngineOptions): Promise<Engine> {
  try {
    return await Engine.start(options);
  } catch (cause) {
    const path = options.dataDirectory;
    throw new DbError("DATA_DIR_DAMAGED", `the database in ${path} does not open; put back a copy of that folder`, {
      details: { path },
      cause,
    });
  }
}

/** Undefined where the template is no good: a slower start is better than none. */
async function tryTemplate(options: EngineOptions, template: string): Promise<Engine | undefined> {
  try {
    await empty(options.dataDirectory);
    await cp(template, options.dataDirectory, { recursive: true });
    await chmod(options.dataDirectory, 0o700);
    return await Engine.start(options);
  } catch {
    return undefined;
  }
}

async function create(options: EngineOptions): Promise<Engine> {
  await empty(options.dataDirectory);
  return Engine.start(options);
}

async function empty(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
