import path from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, read } from "./repository.ts";

interface Import {
  readonly file: string;
  /** As written: "react", "@trenddojo/db"; a relative one is resolved to a path from the root. */
  readonly target: string;
  readonly typeOnly: boolean;
}

const STATEMENT =
  /^\s*(?:import|export)\s+(type\s+)?[^;'"]*?from\s+["']([^"']+)["']|^\s*import\s+["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;

function importsOf(file: string): readonly Import[] {
  return [...read(file).matchAll(STATEMENT)].map((match) => {
    const target = match[2] ?? match[3] ?? match[4] ?? "";
    const resolved = target.startsWith(".") ? path.posix.join(path.posix.dirname(file), target) : target;
    return { file, target: resolved, typeOnly: match[1] !== undefined };
  });
}

const isTest = (file: string) => /\.test\.tsx?$|\/testing\/|\/__tests__\//.test(file);
const sources = (folder: string) => filesBelow(folder, [".ts", ".tsx", ".mjs"]).filter((file) => !isTest(file));
const importsBelow = (folder: string) => sources(folder).flatMap(importsOf);
const ours = (target: string) => target.startsWith("@trenddojo/");
const say = (imports: readonly Import[]) => imports.map(({ file, target }) => `${file} imports ${target}`);

describe("the walls of the house", () => {
  it("[W1] packages/brokers imports no other package of the house", () => {
    expect(say(importsBelow("packages/brokers/src").filter(({ target }) => ours(target)))).toEqual([]);
  });

  it("[W2] packages/db imports nothing of the house but the core's domain and the paper exchange's store port", () => {
    const allowed = new Set(["@trenddojo/brokers", "@trenddojo/brokers/domain", "@trenddojo/brokers/paper"]);
    const found = importsBelow("packages/db/src").filter(({ target }) => ours(target) && !allowed.has(target));
    expect(say(found)).toEqual([]);
  });

  it("[W3] the server never imports the web app or the simulators", () => {
    const allowed = /^@trenddojo\/(brokers|db)(\/|$)/;
    expect(say(importsBelow("apps/server/src").filter(({ target }) => ours(target) && !allowed.test(target)))).toEqual(
      [],
    );
  });

  it("[W4] the web app takes from the house only types of the server, and the core's domain and rules", () => {
    const found = importsBelow("apps/web/src").filter(({ target, typeOnly }) => {
      if (!ours(target)) return false;
      if (target === "@trenddojo/brokers/domain" || target === "@trenddojo/brokers/rules") return false;
      return !(target.startsWith("@trenddojo/server/") && typeOnly);
    });
    expect(say(found)).toEqual([]);
  });

  it("[W5] a feature of the web app never imports another feature", () => {
    const featureOf = (file: string) => /^apps\/web\/src\/features\/([^/]+)\//.exec(file)?.[1];
    const found = importsBelow("apps/web/src/features").filter(({ file, target }) => {
      const other = featureOf(target);
      return other !== undefined && other !== featureOf(file);
    });
    expect(say(found)).toEqual([]);
  });

  it("[W6] the web app's primitives know no feature and fetch nothing", () => {
    const found = importsBelow("apps/web/src/ui").filter(
      ({ target }) => target.startsWith("apps/web/src/features/") || target.includes("trpc"),
    );
    expect(say(found)).toEqual([]);
    const fetching = sources("apps/web/src/ui").filter((file) =>
      /\buse\w*(Query|Mutation|Subscription)\(/.test(read(file)),
    );
    expect(fetching).toEqual([]);
  });

  it("[W7] no screen knows a broker's name", () => {
    const named = sources("apps/web/src").filter((file) => /alpaca|interactive.?brokers|\bibkr\b/i.test(read(file)));
    expect(named).toEqual([]);
  });

  it("[W8] only env.ts reads the environment, in the server and in the packages", () => {
    const found = ["apps/server/src", "packages/brokers/src", "packages/db/src"]
      .flatMap(sources)
      .filter((file) => file !== "apps/server/src/env.ts" && /process\.env\b/.test(read(file)));
    expect(found).toEqual([]);
  });

  it("[W9] lucia appears in one file", () => {
    const found = ["apps", "packages"].flatMap(importsBelow).filter(({ target }) => target === "lucia");
    expect(new Set(found.map(({ file }) => file))).toEqual(new Set(["apps/server/src/auth/sessions.ts"]));
  });

  it("[W10] nothing committed names a place outside the project that only its makers have", () => {
    const found = filesBelow(".", [".ts", ".tsx", ".mjs", ".json", ".md", ".yml", ".yaml"]).filter(
      (file) => file !== "tooling/tests/walls.test.ts" && /\.\.\/shared\/|\/work\/|\.library/.test(read(file)),
    );
    expect(found).toEqual([]);
  });

  it("[W11] the simulators import only the core, and what is shipped never imports a simulator", () => {
    const isCore = ({ target }: Import) => /^@trenddojo\/brokers(\/|$)/.test(target);
    const foreign = filesBelow("packages/simulators/src", [".ts"])
      .flatMap(importsOf)
      .filter((each) => ours(each.target) && !isCore(each));
    expect(say(foreign)).toEqual([]);
    // As files they know nothing of the rest either.
    const outside = filesBelow("packages/simulators/src", [".ts"])
      .flatMap(importsOf)
      .filter(({ target }) => /^(apps|packages|tooling)\//.test(target) && !target.startsWith("packages/simulators/"));
    expect(say(outside)).toEqual([]);
    const shipped = ["apps", "packages/brokers", "packages/db"]
      .flatMap(importsBelow)
      .filter(({ target }) => /simulators/.test(target));
    expect(say(shipped)).toEqual([]);
  });

  it("[W12] the simulator itself knows nothing of the client: only its tests see both", () => {
    const found = importsBelow("packages/simulators/src").filter(
      ({ target }) => target === "@trenddojo/brokers/testing",
    );
    expect(say(found)).toEqual([]);
  });
});
