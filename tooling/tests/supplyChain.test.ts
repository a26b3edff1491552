import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { filesBelow, read, root } from "./repository.ts";

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly resolution: { readonly integrity?: string } }>>;
}

interface Sbom {
  readonly bomFormat: string;
  readonly components: readonly { readonly group?: string; readonly name: string; readonly version: string }[];
}

/** Where `npm start` or `npm test` has put pnpm; null in a checkout that was installed otherwise. */
const pnpm = existsSync(path.join(root, "node_modules/.desk/pnpm-folder")) ? "installed" : null;

const manifests = filesBelow(".", ["package.json"]);
const workspace: { catalog: Record<string, string>; allowBuilds: Record<string, boolean>; minimumReleaseAge: number } =
  parse(read("pnpm-workspace.yaml"));

describe("what comes from outside", () => {
  it("[SC1] every version in the catalog is exact", () => {
    expect(Object.entries(workspace.catalog).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it.each(manifests)("[SC2] %s takes its dependencies from the catalog or the workspace", (file) => {
    const { dependencies = {}, devDependencies = {} }: Manifest = JSON.parse(read(file));
    const ranges = Object.entries({ ...dependencies, ...devDependencies });
    expect(ranges.filter(([, range]) => range !== "catalog:" && range !== "workspace:*")).toEqual([]);
  });

  it("[SC3] no package may run a script at install", () => {
    expect(Object.values(workspace.allowBuilds).filter((allowed) => allowed)).toEqual([]);
  });

  it("[SC4] a version has to be a week old", () => {
    expect(workspace.minimumReleaseAge).toBeGreaterThanOrEqual(7 * 24 * 60);
  });

  it("[SC5] the lockfile names no registry host", () => {
    expect(read("pnpm-lock.yaml")).not.toMatch(/https?:\/\//);
  });

  it("[SC7] every package of the lockfile comes from the registry, by its version and its hash", () => {
    const lockfile: Lockfile = parse(read("pnpm-lock.yaml"));
    const packages = Object.entries(lockfile.packages);
    expect(packages.length).toBeGreaterThan(100);
    const loose = packages.filter(
      ([name, { resolution }]) => !/@\d+\.\d+\.\d+/.test(name) || !resolution.integrity?.startsWith("sha512-"),
    );
    expect(loose.map(([name]) => name)).toEqual([]);
  });

  it.skipIf(pnpm === null)(
    "[SC8] `npm run sbom` tells every package of the lockfile, with its hash",
    () => {
      const { status, stdout } = spawnSync(process.execPath, ["tooling/desk/desk.mjs", "sbom"], {
        cwd: root,
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
      });
      expect(status).toBe(0);
      const sbom: Sbom = JSON.parse(stdout.slice(stdout.indexOf("{")));
      expect(sbom.bomFormat).toBe("CycloneDX");
      const told = new Set(
        sbom.components.map(
          ({ group, name, version }) => `${group === undefined ? "" : `${group}/`}${name}@${version}`,
        ),
      );
      const lockfile: Lockfile = parse(read("pnpm-lock.yaml"));
      expect(Object.keys(lockfile.packages).filter((name) => !told.has(name))).toEqual([]);
    },
    120_000,
  );

  /** Versions below these have published holes; the advisories are named beside them. */
  it.each([
    ["@trpc/server", "11.25.2", "CVE-2025-43855, CVE-2025-68130; the WebSocket batch limit holds from here"],
    ["ws", "8.21.0", "CVE-2024-37890, CVE-2026-45736, CVE-2026-48779"],
    ["drizzle-orm", "0.45.2", "CVE-2026-39356"],
    ["fastify", "5.8.5", "CVE-2026-25223, CVE-2026-33806, CVE-2026-3635"],
    ["@fastify/static", "10.1.1", "path handling"],
    ["vite", "8.0.5", "CVE-2026-39363, CVE-2026-39364, CVE-2026-39365"],
  ])("[SC6] %s is at least %s (%s)", (name, floor) => {
    const locked = [...read("pnpm-lock.yaml").matchAll(new RegExp(`^  '?${name}@(\\d+\\.\\d+\\.\\d+)'?:`, "gm"))].map(
      (match) => match[1] ?? "",
    );
    expect(locked.length).toBeGreaterThan(0);
    for (const version of locked) expect(compareVersions(version, floor)).toBeGreaterThanOrEqual(0);
  });
});

function compareVersions(a: string, b: string): number {
  const left = a.split(".").map(Number);
  const right = b.split(".").map(Number);
  const differing = left.findIndex((part, index) => part !== right[index]);
  return differing === -1 ? 0 : (left[differing] ?? 0) - (right[differing] ?? 0);
}
