import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { brokerMatrix } from "../brokerMatrix.ts";
import { filesBelow, read, root } from "./repository.ts";

describe("the documents", () => {
  it.each(filesBelow(".", [".md"]))("[DO1] every relative link of %s leads somewhere", (file) => {
    const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1] ?? "");
    const missing = links.filter((link) => !existsSync(path.join(root, path.dirname(file), link)));
    expect(missing).toEqual([]);
  });

  it("[DO2] every decision is listed", () => {
    const list = read("docs/decisions/README.md");
    const files = filesBelow("docs/decisions", [".md"]).filter((file) => !file.endsWith("README.md"));
    expect(files.filter((file) => !list.includes(`(${path.basename(file)})`))).toEqual([]);
  });

  it("[DO3] the paths that CONTRIBUTING.md names exist", () => {
    const named = [...read("CONTRIBUTING.md").matchAll(/`((?:apps|packages|docs|tooling|e2e|bench)[\w./-]*)`/g)].map(
      (match) => match[1] ?? "",
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  });
});

describe("docs/brokers", () => {
  it.each([
    ["README.md", undefined],
    ["interactive-brokers.md", "interactive_brokers"],
  ])("[DO4] %s has the matrix that the code has; `pnpm --filter @trenddojo/tooling docs` writes it", (file, broker) => {
    const matrix = `<!-- matrix: begin -->\n${brokerMatrix(broker)}\n<!-- matrix: end -->`;
    expect(read(`docs/brokers/${file}`)).toContain(matrix);
  });
});
