// The other end of deskStorm.ts, in a process of its own.
import { SeededRandom } from "@trenddojo/brokers";
import { createTestClient, type TestClient } from "../src/testing/createTestClient.ts";

export interface StormTask {
  readonly url: string;
  /** Of the people who are signed in; the clients are shared out among them. */
  readonly cookies: readonly string[];
  readonly clients: number;
}

export type StormReport =
  | { readonly kind: "ready" }
  /** For each client, from the cut or from its coming until it had a value of each of its symbols. */
  | { readonly kind: "whole"; readonly wholeAfterMs: readonly number[] };

/** Whoever comes back waits for a random part of this, so that not all come in one moment. */
const SPREAD_MS = 1_000;
const WATCHED = 20;
/** The desk lets an address have fifty sockets, and a person ten. */
const PEOPLE_AN_ADDRESS = 5;

interface Page {
  readonly client: TestClient;
  readonly connectionId: string;
  readonly symbols: string[];
  readonly missing: Set<string>;
  cameAt: number;
  wholeAfterMs: number | null;
}

const task = await new Promise<StormTask>((resolve) => process.once("message", resolve));
const random = new SeededRandom(1);
const pages: Page[] = [];
for (const [index, cookie] of task.cookies.entries()) {
  const client = createTestClient(task.url);
  client.setCookie(cookie);
  const [account] = await client.api.accounts.list.query();
  if (account === undefined) throw new Error("somebody has no account");
  const { connectionId } = account;
  const found = await client.api.marketData.search.query({ connectionId, query: "", limit: WATCHED });
  const share = Math.ceil((task.clients - index) / task.cookies.length);
  for (let page = 0; page < share; page += 1) {
    const own = createTestClient(task.url, task.url, {
      retryDelayMs: () => random.integer(SPREAD_MS),
      localAddress: `127.0.0.${1 + Math.floor(index / PEOPLE_AN_ADDRESS)}`,
    });
    own.setCookie(cookie);
    const symbols = found.map(({ symbol }) => symbol);
    pages.push({ client: own, connectionId, symbols, missing: new Set(symbols), cameAt: 0, wholeAfterMs: null });
  }
}

await told("ready");
await Promise.all(
  pages.map(async (page) => {
    await pause(random.integer(SPREAD_MS));
    page.cameAt = performance.now();
    watch(page);
  }),
);
await untilWhole();
await told("ready");
for (const page of pages) {
  page.wholeAfterMs = null;
  for (const symbol of page.symbols) page.missing.add(symbol);
  page.cameAt = performance.now();
  page.client.cutSocket();
}
await untilWhole();
process.on("disconnect", () => process.exit());

/** A snapshot takes the place of what was known; it is whole when nothing is missing any more. */
function watch(page: Page): void {
  const { connectionId, symbols, missing } = page;
  page.client.api.marketData.quotes.subscribe(
    { connectionId, symbols },
    {
      onData: ({ quotes }) => {
        for (const [symbol] of quotes) missing.delete(symbol);
        if (missing.size === 0) page.wholeAfterMs ??= performance.now() - page.cameAt;
      },
      onError: (error) => process.stderr.write(`${String(error)}\n`),
    },
  );
}

async function untilWhole(): Promise<void> {
  while (pages.some(({ wholeAfterMs }) => wholeAfterMs === null)) await pause(10);
  report({ kind: "whole", wholeAfterMs: pages.flatMap(({ wholeAfterMs }) => wholeAfterMs ?? []) });
}

async function told(kind: "ready"): Promise<void> {
  // The desk has nothing else to do when the measurement begins.
  await pause(500);
  const going = new Promise((resolve) => process.once("message", resolve));
  report({ kind });
  await going;
}

function report(message: StormReport): void {
  process.send?.(message);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
