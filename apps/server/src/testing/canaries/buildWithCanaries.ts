import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { CANARY, canaryOf } from "./canaryOf.ts";

const WEB = fileURLToPath(new URL("../../../../web", import.meta.url));
/** What bundlers take variables into the page by. */
const PREFIXES = ["", "VITE_", "PUBLIC_", "REACT_APP_"];
const SECRETS = ["CREDENTIAL_KEY", "METRICS_TOKEN", "DATABASE_URL", "APCA_API_KEY_ID", "APCA_API_SECRET_KEY"];

export interface BundleCount {
  readonly files: number;
  /** Characters that were searched. */
  readonly searched: number;
  /** Files of the bundle that hold one. */
  readonly leaks: readonly string[];
}

/**
 * Builds the web app as it is shipped, in an environment with `count` secrets under the names that a desk's have and others,
 * and searches every file of it. @throws Error where the build fails
 */
export async function buildWithCanaries(count: number): Promise<BundleCount> {
  const folder = await mkdtemp(path.join(tmpdir(), "desk-bundle-"));
  try {
    await build(folder, count);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    const texts = await Promise.all(names.map((name) => readFile(name, "latin1")));
    return {
      files: names.length,
      searched: texts.reduce((sum, each) => sum + each.length, 0),
      leaks: names.filter((_, index) => CANARY.test(texts[index] ?? "")).map((name) => path.relative(folder, name)),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function build(folder: string, count: number): Promise<void> {
  const secrets = Array.from({ length: count }, (_, index) => [nameOf(index), canaryOf(index)] as const);
  const vite = path.join(WEB, "node_modules/vite/bin/vite.js");
  const child = spawn(process.execPath, [vite, "build", "--outDir", folder, "--emptyOutDir"], {
    cwd: WEB,
    env: { ...Object.fromEntries(secrets), NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [complaints, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  if (code !== 0) throw new Error(`the web app was not built: ${complaints}`);
}

function nameOf(index: number): string {
  const prefix = PREFIXES[index % PREFIXES.length] ?? "";
  const turn = Math.floor(index / PREFIXES.length);
  return `${prefix}${SECRETS[turn] ?? `SECRET_${turn}`}`;
}
