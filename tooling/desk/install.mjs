import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pnpmFolderFile, root, run } from "./run.mjs";

const stampFile = path.join(root, "node_modules/.desk/installed");
const { packageManager } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

/**
 * Installs exactly what the lockfile says, with the pnpm that package.json names, fetched by npx. Does nothing when
 * that has been done for this lockfile, workspace file and Node.
 */
export async function install() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`TrendDojo needs Node 20.19 or newer; this is ${process.versions.node}.`);
  }
  const wanted = fingerprint();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted && existsSync(pnpmFolder())) return;

  process.stderr.write("Installing dependencies…\n");
  mkdirSync(path.dirname(stampFile), { recursive: true });
  const found = await run("npx", ["--yes", "--package", packageManager, "--", "node", "-p", "process.env.PATH"], {
    capture: true,
  });
  if (found.code !== 0) throw new Error(`Could not fetch ${packageManager} with npx:\n${found.output}`);
  writeFileSync(pnpmFolderFile, folderWithPnpm(found.output));
  const code = await run("pnpm", ["install", "--frozen-lockfile"], { quiet: true });
  if (code !== 0) throw new Error("The installation failed: see above.");
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, wanted);
}

function fingerprint() {
  const hash = createHash("sha256").update(process.version);
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml"]) hash.update(readFileSync(path.join(root, file)));
  return hash.digest("hex");
}

function pnpmFolder() {
  return existsSync(pnpmFolderFile) ? readFileSync(pnpmFolderFile, "utf8").trim() : "missing";
}

/** npx puts the folder of the package it fetched on the PATH of what it runs; npm may print warnings around it. */
function folderWithPnpm(output) {
  const folder = output
    .split(/[\n]/)
    .flatMap((line) => line.trim().split(path.delimiter))
    .find((entry) => entry !== "" && existsSync(path.join(entry, "pnpm")));
  if (folder === undefined) throw new Error(`npx fetched ${packageManager}, but its program was not found.`);
  return folder;
}
