import { expect, test } from "vitest";
import { csvOf } from "./csvOf.ts";

test("[UD15] no cell is a formula to a spreadsheet, and none ends its own", () => {
  for (const first of ["=", "+", "-", "@", "\t", "\r", "\n"]) {
    expect(csvOf([[`${first}1+1`]])).toBe(`"'${first}1+1"\r\n`);
  }
  expect(csvOf([['=HYPERLINK("http://evil.example","x")', "a"]])).toBe(
    `"'=HYPERLINK(""http://evil.example"",""x"")","a"\r\n`,
  );
  expect(csvOf([['x","=1+1', "plain, with a comma", ""]])).toBe('"x"",""=1+1","plain, with a comma",""\r\n');
  expect(csvOf([["a"], ["1-1"]])).toBe('"a"\r\n"1-1"\r\n');
});
