import { readFile } from "node:fs/promises";
import { DeskError } from "../DeskError.ts";

/**
 * Leaked passwords, a line each, in lower case: the 10,000 that were used most among those of 12 characters and more in
 * Mark Burnett's ten million (2015, public domain), and a few that are in every book. Shorter ones, and those of fewer than
 * 5 different characters, are refused anyway.
 */
const COMMON = new URL("commonPasswords.txt", import.meta.url);

/** Words that everyone would try here first (ASVS 5.0 6.1.2): the desk's, its brokers' and its trade's. */
const CONTEXT = [
  "trenddojo",
  "interactivebrokers",
  "ibkr",
  "alpaca",
  "paper",
  "broker",
  "trading",
  "trader",
  "password",
];

/** What has to be left of a password without such words and the person's name. */
const LEAST_LEFT = 8;

/** How letters are written as other characters. */
const DISGUISES: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/**
 * Without asking anybody outside of this machine. A password's length is checked with the input.
 * @throws DeskError WEAK_PASSWORD for one that is guessed at once
 */
export async function assertStrongPassword(password: string, username: string): Promise<void> {
  const fault = await faultOf(password.toLowerCase(), username);
  if (fault === null) return;
  throw new DeskError("WEAK_PASSWORD", `This password ${fault}.`, {
    issues: [{ code: "WEAK_PASSWORD", field: "password", message: `This password ${fault}.`, params: {} }],
  });
}

async function faultOf(password: string, username: string): Promise<string | null> {
  if (new Set(password).size < 5) return "has fewer than 5 different characters";
  const name = undisguised(username.toLowerCase());
  if (name.length >= 3 && without([name], password).length < LEAST_LEFT) return "is little more than your name";
  if (without([name, ...CONTEXT], password).length < LEAST_LEFT)
    return "is little more than your name and words that anyone would try here";
  // Read each time: people choose passwords seldom, and until then the list is in nobody's way.
  const common = await readFile(COMMON, "utf8");
  return common.split("\n").includes(password) ? "is on every list of common passwords" : null;
}

/** What is left, undisguised. */
function without(words: readonly string[], password: string): string {
  // Removed for a space, so that what stood on both sides makes no new word.
  return words
    .filter((word) => word.length >= 3)
    .reduce((left, word) => left.replaceAll(word, " "), undisguised(password))
    .replaceAll(" ", "");
}

/** As it is read: without what separates words, and with letters for what stands for them. */
function undisguised(text: string): string {
  return text.replaceAll(/[\s._-]/g, "").replaceAll(/[013457@$!]/g, (character) => DISGUISES[character] ?? character);
}
