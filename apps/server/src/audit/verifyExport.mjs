// Verifies an exported audit log with nothing but Node: `node verify.mjs [FOLDER] [--checkpoints FILE] [--keys FILE]`.
// FOLDER holds what `pnpm desk audit export` wrote: audit.jsonl, audit-checkpoints.jsonl and audit-signing.key.pub. Give
// your own copy of the checkpoints or of the public keys where you do not trust those in the folder. It ends with 0 where
// every row is as it was written, and otherwise names the first bad row and ends with 1.
import { createHash, createPublicKey, verify } from "node:crypto";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const GENESIS = "0".repeat(64);

/** RFC 8785, for what JSON holds. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(",")}}`;
}

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");

function rowHash({ chain, sequence, at, userId, action, subject, mode, message, details, previousHash }) {
  const text = canonical({ chain, sequence, at, userId, action, subject, mode, message, details });
  return sha256(Uint8Array.of(0), text, previousHash);
}

function readKeys(path) {
  const blocks = readFileSync(path, "utf8").match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? [];
  const keys = blocks.map((block) => createPublicKey(block));
  return new Map(keys.map((key) => [sha256(key.export({ type: "spki", format: "der" })), key]));
}

/** By chain, the hashes that were signed, by sequence. */
function readSigned(path, keys) {
  const signed = new Map();
  let previous = GENESIS;
  let count = 0;
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
  for (const line of lines) {
    count += 1;
    const name = `checkpoint ${count}`;
    const { number, at, heads, previousHash, keyId, signature } = JSON.parse(line);
    if (number !== count) throw new Error(`${name} is missing`);
    if (previousHash !== previous) throw new Error(`${name} does not follow the one before it`);
    const text = canonical({ number, at, heads, previousHash, keyId });
    const key = keys.get(keyId);
    if (key === undefined) throw new Error(`${name} was signed by a key whose public half is not here (${keyId})`);
    if (!verify(null, Buffer.from(text), key, Buffer.from(signature, "base64"))) {
      throw new Error(`${name} is not as it was signed`);
    }
    for (const { chain, sequence, hash } of heads) {
      if (!signed.has(chain)) signed.set(chain, new Map());
      signed.get(chain).set(sequence, hash);
    }
    previous = sha256(Uint8Array.of(1), text);
  }
  return { signed, count };
}

async function main() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { checkpoints: { type: "string" }, keys: { type: "string" } },
  });
  const folder = positionals[0] ?? dirname(fileURLToPath(import.meta.url));
  const keys = readKeys(values.keys ?? join(folder, "audit-signing.key.pub"));
  const { signed, count } = readSigned(values.checkpoints ?? join(folder, "audit-checkpoints.jsonl"), keys);
  const ends = new Map();
  let rows = 0;
  for await (const line of createInterface({ input: createReadStream(join(folder, "audit.jsonl")) })) {
    const row = JSON.parse(line);
    const last = ends.get(row.chain) ?? { sequence: 0, hash: GENESIS };
    const due = last.sequence + 1;
    const isChained = row.sequence === due && row.previousHash === last.hash && row.hash === rowHash(row);
    const wasSigned = signed.get(row.chain)?.get(due);
    if (!isChained || (wasSigned !== undefined && wasSigned !== row.hash)) {
      throw new Error(`first bad row: ${row.chain} #${due}`);
    }
    ends.set(row.chain, { sequence: row.sequence, hash: row.hash });
    rows += 1;
  }
  for (const [chain, heads] of signed) {
    const end = ends.get(chain)?.sequence ?? 0;
    if ([...heads.keys()].some((sequence) => sequence > end)) throw new Error(`first bad row: ${chain} #${end + 1}`);
  }
  return `${rows} rows in ${ends.size} chains are as they were written, by ${count} checkpoints`;
}

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  process.stdout.write(`${error.message}\n`);
  process.exitCode = 1;
}
