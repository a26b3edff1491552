import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("..", import.meta.url));

interface SourceFile {
  /** From src, with forward slashes: "rules/parseOrder.ts". */
  readonly path: string;
  readonly text: string;
  /** Imported files, as paths from src, and packages by their names. */
  readonly imports: readonly string[];
  /** Those of them that are there at run time. */
  readonly valueImports: readonly string[];
}

const IMPORT = /^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;

function read(path: string): SourceFile {
  const text = readFileSync(join(SRC, path), "utf8");
  const found = [...text.matchAll(IMPORT)].map(([, isType, specifier = ""]) => ({
    isType: isType !== undefined,
    target: specifier.startsWith(".")
      ? relative(SRC, join(SRC, dirname(path), specifier)).replaceAll("\\", "/")
      : specifier,
  }));
  return {
    path,
    text,
    imports: found.map(({ target }) => target),
    valueImports: found.filter(({ isType }) => !isType).map(({ target }) => target),
  };
}

const FILES = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts"))
  .map(read);
const SOURCES = FILES.filter(
  ({ path }) => !/\.test\.ts$|^testing\/|^__tests__\/|\/testdata\/|\/scenarios\/|\/fuzz\//.test(path),
);

const within =
  (...folders: readonly string[]) =>
  (path: string): boolean =>
    folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
const ADAPTERS = ["alpaca", "interactive-brokers"];
/** All that is there at run time when these are. */
function reachedFrom(...entries: readonly string[]): ReadonlySet<string> {
  const byPath = new Map(FILES.map((file) => [file.path, file]));
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const target of byPath.get(path)?.valueImports ?? []) visit(target);
  };
  for (const entry of entries) visit(entry);
  return seen;
}

/** In the paper folder, but adapters over its engine: they know clients, feeds and the mock. */
const isPaperAdapter = (path: string): boolean => /^paper\/(backend\/|Paper(Backend|Client|Config))/.test(path);

/** Imports of `files` that `isAllowed` does not allow, as "from -> to". */
function strangers(
  files: readonly SourceFile[],
  isAllowed: (target: string, file: SourceFile) => boolean,
): readonly string[] {
  return files.flatMap((file) =>
    file.imports.filter((target) => !isAllowed(target, file)).map((target) => `${file.path} -> ${target}`),
  );
}

describe("the walls inside the core", () => {
  it("[AR0] the walk sees the files and what they import", () => {
    expect(SOURCES.length).toBeGreaterThan(60);
    expect(SOURCES.find(({ path }) => path === "registry.ts")?.imports).toContain("alpaca/alpacaEntry.ts");
    const isKnown = (target: string, { path }: SourceFile): boolean =>
      target.endsWith(".ts") ||
      /^(node:|zod$)/.test(target) ||
      (target === "ws" && within("alpaca/stream")(path)) ||
      (target === "@stoqey/ib" && within("interactive-brokers/session")(path));
    expect(strangers(SOURCES, isKnown)).toEqual([]);
  });

  it("[AR1] domain imports nothing but itself", () => {
    expect(
      strangers(
        SOURCES.filter(({ path }) => within("domain")(path)),
        within("domain"),
      ),
    ).toEqual([]);
  });

  it("[AR2] rules import domain only: they run in a browser", () => {
    expect(
      strangers(
        SOURCES.filter(({ path }) => within("rules")(path)),
        within("domain", "rules"),
      ),
    ).toEqual([]);
  });

  it("[AR3] the paper engine imports domain, rules and a schema library only", () => {
    const engine = SOURCES.filter(({ path }) => within("paper")(path) && !isPaperAdapter(path));
    const isAllowed = (target: string): boolean =>
      within("domain", "rules", "paper", "zod")(target) && !isPaperAdapter(target);
    expect(engine.length).toBeGreaterThan(10);
    expect(strangers(engine, isAllowed)).toEqual([]);
  });

  it("[AR4] the calendar imports itself and domain only", () => {
    expect(
      strangers(
        SOURCES.filter(({ path }) => within("calendar")(path)),
        within("domain", "calendar"),
      ),
    ).toEqual([]);
  });

  it("[AR5] only the registry imports a vendor's folder, and no vendor another", () => {
    const isAllowed = (target: string, { path }: SourceFile): boolean =>
      !within(...ADAPTERS)(target) || path === "registry.ts" || dirname(path).split("/")[0] === target.split("/")[0];
    expect(strangers(SOURCES, isAllowed)).toEqual([]);
  });

  it("[AR6] manager, monitor and error handler know the port and the domain, and no broker", () => {
    const central = [
      "BrokerManager.ts",
      "BrokerConnectionMonitor.ts",
      "BrokerErrorHandler.ts",
      "BrokerRegistry.ts",
      "BrokerCredentialStore.ts",
    ];
    const files = SOURCES.filter(({ path }) => central.includes(path));
    expect(files).toHaveLength(central.length);
    const isAllowed = (target: string): boolean =>
      !within(...ADAPTERS, "mock", "paper", "feeds", "registry.ts")(target);
    expect(strangers(files, isAllowed)).toEqual([]);
    for (const { path, text } of files)
      expect(text.match(/alpaca|interactive|ibkr/i)?.[0] === undefined || path === "BrokerRegistry.ts").toBe(true);
  });

  it("[AR7] no file that a browser may load reaches a module of Node", () => {
    const seen = reachedFrom("domain/index.ts", "rules/index.ts", "paper/index.ts");
    expect(seen.size).toBeGreaterThan(30);
    expect([...seen].filter((path) => path.startsWith("node:"))).toEqual([]);
    expect([...seen].filter(isPaperAdapter)).toEqual([]);
  });

  it("[AR8] time and chance are arguments: only SystemClock and SystemRandom take the machine's, and the vault its keys", () => {
    const ambient =
      /\b(Date\.now|performance\.now|setTimeout|setInterval|setImmediate|Math\.random|randomUUID|getRandomValues)\b|\bnew Date\(\s*\)/;
    const users = SOURCES.filter(({ text }) => ambient.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")));
    expect(users.map(({ path }) => path).sort()).toEqual(["SystemClock.ts", "SystemRandom.ts"]);
    // Keys, nonces and names of temporary files come from the machine itself: nobody may choose them, a test neither.
    const drawing = SOURCES.filter(({ text }) => /\brandom(Bytes|FillSync|Int)\b/.test(text)).map(({ path }) => path);
    expect(drawing.filter((path) => !within("credentials", "BrokerCredentialStore.ts")(path))).toEqual([]);
  });

  it("[AR9] nothing reads the environment or logs to the console; few files reach the network", () => {
    const banned = /\bprocess\.env\b|\bconsole\./;
    expect(SOURCES.filter(({ text }) => banned.test(text)).map(({ path }) => path)).toEqual([]);
    const network = /\bfetch\(|"node:(net|http|https|tls|dgram|child_process)"|"ws"|\bimport\("@stoqey\/ib"\)/;
    expect(
      SOURCES.filter(({ text }) => network.test(text))
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual([
      "alpaca/rest/HttpTransport.ts",
      "alpaca/stream/StreamConnection.ts",
      "interactive-brokers/session/VendorSession.ts",
      // It looks a name up, and dials nothing.
      "interactive-brokers/session/gatewayHost.ts",
    ]);
    const vendor = SOURCES.filter(({ valueImports }) => valueImports.includes("@stoqey/ib"));
    expect(vendor.map(({ path }) => path)).toEqual([]);
  });

  it("[AR10] nothing that ships imports what tests use", () => {
    expect(strangers(SOURCES, (target) => !within("testing", "__tests__", "vitest", "fast-check")(target))).toEqual([]);
  });

  it("[AR12] what speaks to a broker reaches nothing of a mock: no answer of a live account is ever invented", () => {
    for (const backend of ["alpaca/AlpacaSession.ts", "interactive-brokers/IBBackend.ts"]) {
      const seen = reachedFrom(backend);
      expect(seen.size).toBeGreaterThan(30);
      expect([...seen].filter((path) => within("mock")(path) || /MockData|PaperBackend/.test(path))).toEqual([]);
    }
  });

  it("[AR11] a barrel lists names", () => {
    for (const { path, text } of SOURCES.filter(({ path: each }) => each.endsWith("index.ts"))) {
      expect(`${path}: ${/export \*/.exec(text)?.[0] ?? "names"}`).toBe(`${path}: names`);
    }
  });
});
