import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { read, root } from "./repository.ts";

/** Levels 1 and 2 of ASVS 5.0, as far as they are in scope, and of level 3 what is held all the same. */
const IN_SCOPE = `
  1.2.4 1.2.10 1.3.6 1.5.2 2.1.3 2.2.1-3 2.3.1-4 2.4.1
  3.2.1-2 3.3.1-4 3.4.1-6 3.5.1-3 4.1.1 4.1.3 4.2.1 4.4.1-4
  6.1.1 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.7.1-2
  7.1.1-2 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 8.1.1 8.2.1-3 8.3.1 8.4.1
  11.1.1-2 11.2.1-3 11.3.1-3 11.4.1-4 11.5.1 12.1.1-2 12.2.1 12.3.1-4
  13.1.1 13.2.1-5 13.3.1-2 13.4.1-5 14.2.1-4 14.3.1-3 15.1.1-3 15.2.1-3 15.3.1-7
  16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3`;

/** Of the wall between paper and real money. */
const LEVELS = Array.from({ length: 5 }, (_, index) => `L${index + 1}`);
const THREATS = Array.from({ length: 18 }, (_, index) => `T${index + 1}`);

const rows = read("docs/security.md")
  .split("\n")
  .map((line) => /^\| ([TL]\d+|\d+\.\d+\.\d+) \|.*\| (.*) \|$/.exec(line))
  .flatMap((match) => (match === null ? [] : [{ id: match[1] ?? "", proof: match[2] ?? "" }]));

/** `file` › "title", as many as a cell has. */
function testsOf(proof: string): readonly { readonly file: string; readonly title: string }[] {
  return [...proof.matchAll(/`([^`]+)` › "((?:[^"]|"(?!;|$))+)"(?=;|$)/g)].map(([, file = "", title = ""]) => ({
    file,
    title,
  }));
}

/** "2.2.1-3" is three of them. */
function listed(text: string): readonly string[] {
  return text
    .trim()
    .split(/\s+/)
    .flatMap((each) => {
      const [, chapter = "", first = "", last = first] = /^(\d+\.\d+\.)(\d+)(?:-(\d+))?$/.exec(each) ?? [];
      return Array.from(
        { length: Number(last) - Number(first) + 1 },
        (_, index) => `${chapter}${Number(first) + index}`,
      );
    });
}

describe("docs/security.md", () => {
  it("[SC9] has every threat, every level of the wall and every requirement in scope, once", () => {
    expect(rows.map(({ id }) => id).toSorted()).toEqual([...THREATS, ...LEVELS, ...listed(IN_SCOPE)].toSorted());
  });

  it("[SC9] gives each a test or a reason, and of a threat or a level always a test", () => {
    const isHeld = ({ id, proof }: (typeof rows)[number]) =>
      testsOf(proof).length > 0 || (!/^[TL]/.test(id) && /^Reason: .{10,}/.test(proof));
    expect(rows.filter((row) => !isHeld(row)).map(({ id }) => id)).toEqual([]);
  });

  it("[SC9] names only tests that are there, by their file and title", () => {
    const named = rows.flatMap(({ id, proof }) => testsOf(proof).map((each) => ({ id, ...each })));
    expect(named.length).toBeGreaterThan(100);
    const missing = named.filter(
      ({ file, title }) =>
        !/\.(test|spec)\.tsx?$/.test(file) || !existsSync(path.join(root, file)) || !read(file).includes(title),
    );
    expect(missing).toEqual([]);
  });
});
