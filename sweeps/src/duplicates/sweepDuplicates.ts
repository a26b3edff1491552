import path from "node:path";
import { SeededRandom, SystemClock } from "@trenddojo/brokers";
import { createTestClient, type TestClient } from "@trenddojo/server/testing";
import { startSignedIn } from "../desk/DeskProcess.ts";
import { prepareDesk } from "../desk/prepareDesk.ts";
import { Oracle } from "../oracle/Oracle.ts";
import { planOrders } from "../run/planOrders.ts";

/** A desk serves so many sockets of one person, and so many messages of each at once. */
const SOCKETS = 10;
const MESSAGES_AT_ONCE = 50;
/** Until a socket may send as many again: 20 a second. */
const REFILL_MS = 2_600;

export interface DuplicateSweep {
  readonly keys: number;
  /** Of each key, half of them over HTTP and half over WebSockets. At most 500 over WebSockets. */
  readonly submits: number;
  readonly seed: number;
  readonly onKey: (line: string) => void;
}

export interface DuplicateCount {
  readonly keys: number;
  readonly submits: number;
  readonly brokerOrders: number;
  /** Answers that were not the order of their key, or another text than others at the same revision of it. */
  readonly differentAnswers: number;
  /** Changed bodies that were not refused. */
  readonly takenChanges: number;
  readonly seed: number;
}

/** Sends every key many times at once, over every way in, then once more with another order. */
export async function sweepDuplicates({ keys, submits, seed, onKey }: DuplicateSweep): Promise<DuplicateCount> {
  await using oracle = new Oracle();
  await using prepared = await prepareDesk(oracle, "embedded");
  await using copy = await prepared.copy();
  await using simulator = await oracle.open({ seed, journalFile: path.join(copy.folder, "journal"), latencyMs: 0 });
  const { dataDir, databaseUrl } = copy;
  const options = { dataDir, databaseUrl, venue: simulator.url, fail: null, haste: 1, logLevel: "fatal" };
  await using desk = await startSignedIn({ ...options, isUnlimited: true });
  const sockets = Array.from({ length: SOCKETS }, () => createTestClient(desk.url));
  for (const socket of sockets) socket.setCookie(desk.client.cookie());
  const clock = new SystemClock();
  const random = new SeededRandom(seed);
  const tickets = planOrders(random, keys, [prepared.accountId]);
  let differentAnswers = 0;
  let takenChanges = 0;
  try {
    for (const { key, accountId, order } of tickets) {
      const input = { accountId, idempotencyKey: key, order };
      const ways = waysIn(desk.client, sockets, submits);
      const answers = await Promise.all(ways.map((api) => insist(() => api.orders.place.mutate(input), clock)));
      const [first] = answers;
      const byRevision = new Map(answers.map((answer) => [answer.revision, JSON.stringify(answer)]));
      const isOther = (answer: (typeof answers)[number]): boolean =>
        answer.id !== first?.id || byRevision.get(answer.revision) !== JSON.stringify(answer);
      const others = answers.filter(isOther).length;
      differentAnswers += others;
      const changed = { ...input, order: { ...order, quantity: String(Number(order.quantity) + 1_000) } };
      const isTaken = await desk.client.api.orders.place.mutate(changed).then(
        () => true,
        () => false,
      );
      takenChanges += isTaken ? 1 : 0;
      onKey(
        `${key}: ${answers.length} answers, ${others} different; ${first?.state}; changed body ${isTaken ? "TAKEN" : "refused"}`,
      );
      await clock.sleep(REFILL_MS);
    }
    const { journal } = await simulator.word();
    const brokerOrders = journal.filter((entry) => entry.kind === "order" && entry.event === "taken").length;
    return { keys, submits, brokerOrders, differentAnswers, takenChanges, seed };
  } finally {
    await Promise.all(sockets.map((socket) => socket[Symbol.asyncDispose]()));
  }
}

/** One entry a call: half of them over HTTP, half over the sockets in turn. */
function waysIn(http: TestClient, sockets: readonly TestClient[], submits: number): readonly TestClient["api"][] {
  const most = sockets.length * MESSAGES_AT_ONCE;
  const overSocket = Math.min(most, Math.floor(submits / 2));
  return Array.from({ length: submits }, (_, index) => {
    const socket = sockets[index % sockets.length];
    return index < overSocket && socket !== undefined ? socket.overSocket : http.api;
  });
}

/** Until the connection of a desk that has just started is ready. */
async function insist<Result>(call: () => Promise<Result>, clock: SystemClock): Promise<Result> {
  for (let left = 600; ; left -= 1) {
    try {
      return await call();
    } catch (error) {
      if (left === 0 || (!String(error).includes("is not connected") && !String(error).includes("is being reconciled")))
        throw error;
      await clock.sleep(100);
    }
  }
}
