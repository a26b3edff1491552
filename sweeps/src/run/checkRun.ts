import { addDecimals } from "./decimals.ts";
import type { DeskFacts, OrderFacts } from "../desk/DeskFacts.ts";
import type { OracleOrder, OracleWord } from "../oracle/Oracle.ts";
import type { Submit } from "./Submit.ts";

/** The wire takes a moment, and both clocks are this machine's. */
const WIRE_MS = 500;

/** What a run must leave behind: the invariants I1 to I9, each breach with its numbers. */
export interface Breach {
  readonly invariant: "I1" | "I2" | "I3" | "I4" | "I5" | "I6" | "I7" | "I8" | "I9";
  readonly kind: "lost" | "duplicated" | "orphaned" | "unresolved" | "other";
  readonly what: string;
}

export interface RunWord {
  readonly submits: readonly Submit[];
  readonly facts: DeskFacts;
  readonly oracle: OracleWord;
  /** The account that trades at the oracle, and where it lies there. */
  readonly accountId: string;
  readonly key: string;
  /** When the kill switch had answered; null where it was not used. */
  readonly haltedAt: number | null;
}

/** Never at the broker, by the desk's own word. */
const NEVER_THERE = new Set(["DENIED", "EXPIRED_UNSENT", "NOT_PLACED", "REJECTED", "INTENT"]);
const SURELY_THERE = new Set(["WORKING", "PARTIALLY_FILLED", "FILLED", "PENDING_CANCEL", "PENDING_REPLACE"]);
const OPEN_QUESTIONS = new Set(["INTENT", "SENDING", "UNKNOWN", "PENDING_CANCEL", "PENDING_REPLACE"]);

/** Of the vendor, of an order of which nothing more comes. */
const OVER = new Set(["filled", "canceled", "expired", "replaced", "rejected"]);

/** Compares what people were told, what the desk has stored and what the broker's journal says. */
export function checkRun(run: RunWord): readonly Breach[] {
  const atBroker = run.oracle.journal.filter((entry): entry is OracleOrder => entry.kind === "order");
  const sent = atBroker.filter(({ event }) => event === "taken");
  const taken = sent.filter(({ order }) => (order?.replaces ?? null) === null);
  const ours = run.facts.orders.filter(({ accountId }) => accountId === run.accountId);
  return [
    ...everyAnswerStands(run),
    ...oneOrderAKey(run, taken),
    ...everyOrderHasAnIntent(ours, taken),
    ...nothingLate(ours, taken),
    ...nothingWhileHalted(run, sent),
    ...commandsStand(run),
    ...statesAgree(ours, atBroker, run.submits),
    ...executionsAddUp(ours, atBroker),
    ...nothingOpen(run.facts.orders),
    ...nothingMisrouted(run, taken),
    ...everyStepAudited(run.facts),
    ...positionsAgree(ours, run.oracle),
  ];
}

function* everyAnswerStands({ submits, facts }: RunWord): Generator<Breach> {
  for (const { key, answer } of submits) {
    if (answer === null) yield { invariant: "I1", kind: "unresolved", what: `the ticket ${key} was never answered` };
    if (answer?.kind !== "order") continue;
    const stored = facts.orders.find(({ id }) => id === answer.id);
    if (stored?.key !== key)
      yield { invariant: "I1", kind: "lost", what: `the order ${answer.id} of ${key} is not stored` };
  }
}

function* oneOrderAKey({ submits, facts }: RunWord, taken: readonly OracleOrder[]): Generator<Breach> {
  for (const { key } of submits) {
    const ids = new Set(facts.orders.filter((order) => order.key === key).map(({ clientOrderId }) => clientOrderId));
    const placed = taken.filter(({ clientOrderId }) => ids.has(clientOrderId)).length;
    if (ids.size > 1) yield { invariant: "I2", kind: "duplicated", what: `${key} is stored ${ids.size} times` };
    if (placed > 1) yield { invariant: "I2", kind: "duplicated", what: `${key} is at the broker ${placed} times` };
  }
  const ids = taken.map(({ clientOrderId }) => clientOrderId);
  for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index)))
    yield { invariant: "I2", kind: "duplicated", what: `${id} is at the broker more than once` };
}

function* everyOrderHasAnIntent(ours: readonly OrderFacts[], taken: readonly OracleOrder[]): Generator<Breach> {
  const byId = new Map(ours.map((order) => [order.clientOrderId, order]));
  for (const { clientOrderId } of taken) {
    const order = byId.get(clientOrderId);
    if (order === undefined || order.origin !== "desk" || NEVER_THERE.has(order.state))
      yield {
        invariant: "I3",
        kind: "orphaned",
        what: `${clientOrderId} is at the broker, and here it is ${order === undefined ? "unknown" : `${order.state} (${order.origin})`}`,
      };
  }
  const there = new Set(taken.map(({ clientOrderId }) => clientOrderId));
  for (const { clientOrderId, state } of ours)
    if (SURELY_THERE.has(state) && !there.has(clientOrderId))
      yield { invariant: "I3", kind: "lost", what: `${clientOrderId} is ${state} here, and the broker never had it` };
}

function* nothingLate(ours: readonly OrderFacts[], taken: readonly OracleOrder[]): Generator<Breach> {
  for (const { clientOrderId, at } of taken) {
    const order = ours.find((each) => each.clientOrderId === clientOrderId);
    if (order !== undefined && at > order.validUntil + WIRE_MS)
      yield {
        invariant: "I4",
        kind: "other",
        what: `${clientOrderId} was taken ${at - order.validUntil} ms after its time`,
      };
  }
}

/** Whatever the switch found on its way had left by the time that it answered, and is canceled. */
function* nothingWhileHalted({ facts, haltedAt }: RunWord, taken: readonly OracleOrder[]): Generator<Breach> {
  if (haltedAt === null) return;
  for (const { clientOrderId, claimedAt, state } of facts.orders) {
    const late = claimedAt === null ? 0 : claimedAt - haltedAt;
    if (late > 0)
      yield { invariant: "I4", kind: "other", what: `${clientOrderId} was claimed ${late} ms after the halt` };
    if (state === "WORKING" || state === "PARTIALLY_FILLED")
      yield { invariant: "I4", kind: "unresolved", what: `${clientOrderId} is ${state} after the halt` };
  }
  for (const { clientOrderId, at } of taken)
    if (at > haltedAt + WIRE_MS)
      yield { invariant: "I4", kind: "other", what: `${clientOrderId} was taken ${at - haltedAt} ms after the halt` };
}

/** What was told to be over stays over; a fill may come late. */
function* commandsStand({ submits, facts }: RunWord): Generator<Breach> {
  for (const { key, command, answer, commandAnswer } of submits) {
    if (command === null || answer?.kind !== "order") continue;
    if (commandAnswer === null)
      yield { invariant: "I1", kind: "unresolved", what: `the ${command.kind} of ${key} was never answered` };
    if (commandAnswer?.kind === "refused" && commandAnswer.code === "NOT_SUPPORTED")
      yield {
        invariant: "I1",
        kind: "other",
        what: `the ${command.kind} of ${key}, which its broker can do, was refused`,
      };
    if (commandAnswer?.kind !== "order" || commandAnswer.state !== "CANCELED") continue;
    const state = facts.orders.find(({ id }) => id === commandAnswer.id)?.state;
    if (state !== "CANCELED" && state !== "FILLED")
      yield { invariant: "I1", kind: "lost", what: `${key} was told to be canceled, and is ${state}` };
  }
}

/** An order lives here as it does at the broker: at most once, with the terms that it was placed or replaced with. */
function* statesAgree(
  ours: readonly OrderFacts[],
  atBroker: readonly OracleOrder[],
  submits: readonly Submit[],
): Generator<Breach> {
  for (const { key, clientOrderId, state, price } of ours) {
    const latest = new Map(
      atBroker.flatMap(({ clientOrderId: name, id, order }) =>
        name === clientOrderId && order !== undefined ? [[id, order] as const] : [],
      ),
    );
    const living = [...latest.values()].filter(({ status }) => !OVER.has(status));
    if (living.length > 1)
      yield {
        invariant: "I2",
        kind: "duplicated",
        what: `${clientOrderId} lives ${living.length} times at the broker`,
      };
    if (latest.size === 0) continue;
    const isAlive = state === "WORKING" || state === "PARTIALLY_FILLED";
    const [alive] = living;
    const there = [...latest.values()].map(({ status }) => status).join(" ");
    if (isAlive !== (alive !== undefined))
      yield {
        invariant: "I3",
        kind: isAlive ? "lost" : "orphaned",
        what: `${clientOrderId} is ${state} here, and ${there} at the broker`,
      };
    const atPrice = alive?.limit_price ?? null;
    if (!isAlive || atPrice === null) continue;
    if (price === null || addDecimals([price]) !== addDecimals([atPrice]))
      yield { invariant: "I9", kind: "other", what: `${clientOrderId} is at ${price} here, at ${atPrice} there` };
    const submit = submits.find((each) => each.key === key);
    const wanted = submit === undefined ? [] : pricesOf(submit);
    if (!wanted.includes(addDecimals([atPrice])))
      yield {
        invariant: "I3",
        kind: "other",
        what: `${clientOrderId} is at ${atPrice}, wanted at ${wanted.join(" or ")}`,
      };
  }
}

/** At which an order may stand: once its replacement was answered, at that one alone. */
function pricesOf({ order, command, commandAnswer }: Submit): readonly string[] {
  const placed = order.type === "limit" ? [order.price] : [];
  const replaced = command?.kind === "replace" ? [command.price] : [];
  const isReplaced = commandAnswer?.kind === "order" && commandAnswer.state === "WORKING";
  return (isReplaced && replaced.length > 0 ? replaced : [...placed, ...replaced]).map((text) => addDecimals([text]));
}

function* executionsAddUp(ours: readonly OrderFacts[], atBroker: readonly OracleOrder[]): Generator<Breach> {
  for (const { clientOrderId, filledQuantity, fills } of ours) {
    const here = addDecimals(fills.map(({ quantity }) => quantity));
    if (here !== filledQuantity)
      yield {
        invariant: "I5",
        kind: "other",
        what: `${clientOrderId}: ${filledQuantity} filled, executions of ${here}`,
      };
    const executions = atBroker.flatMap((each) => (each.clientOrderId === clientOrderId ? (each.execution ?? []) : []));
    const there = addDecimals(executions.map(({ qty }) => qty));
    if (here !== there)
      yield {
        invariant: "I5",
        kind: "lost",
        what: `${clientOrderId}: executions of ${here} here, of ${there} at the broker`,
      };
    if (new Set(fills.map(({ executionId }) => executionId)).size !== fills.length)
      yield { invariant: "I5", kind: "duplicated", what: `${clientOrderId} has an execution twice` };
  }
}

function* nothingOpen(orders: readonly OrderFacts[]): Generator<Breach> {
  for (const { clientOrderId, state } of orders)
    if (OPEN_QUESTIONS.has(state))
      yield { invariant: "I6", kind: "unresolved", what: `${clientOrderId} stays ${state}` };
}

function* nothingMisrouted(
  { facts, oracle, accountId, key }: RunWord,
  taken: readonly OracleOrder[],
): Generator<Breach> {
  const elsewhere = new Set(
    facts.orders.flatMap((order) => (order.accountId === accountId ? [] : order.clientOrderId)),
  );
  for (const { clientOrderId } of taken)
    if (elsewhere.has(clientOrderId))
      yield { invariant: "I7", kind: "other", what: `${clientOrderId} is of another account, and went to this broker` };
  for (const entry of oracle.journal)
    if (entry.kind === "request" && entry.key !== null && entry.key !== key)
      yield { invariant: "I7", kind: "other", what: `a request came with the key ${entry.key}` };
}

function* everyStepAudited({ orders, brokenChains }: DeskFacts): Generator<Breach> {
  for (const chain of brokenChains)
    yield { invariant: "I8", kind: "other", what: `the audit chain ${chain} is broken` };
  for (const { clientOrderId, told, audited } of orders) {
    const events = steps(told);
    const rows = steps(audited.map(({ state }) => state));
    if (events.join() !== rows.join())
      yield {
        invariant: "I8",
        kind: "other",
        what: `${clientOrderId} went ${events.join(" ")}, audited as ${rows.join(" ")}`,
      };
  }
}

/** States one after the other, repetitions left out. */
const steps = (states: readonly string[]): readonly string[] =>
  states.filter((state, index) => state !== states[index - 1]);

function* positionsAgree(ours: readonly OrderFacts[], { positions }: OracleWord): Generator<Breach> {
  for (const symbol of new Set([...ours.map((order) => order.symbol), ...positions.keys()])) {
    const bought = ours.flatMap((order) =>
      order.symbol === symbol
        ? order.fills.map(({ quantity }) => (order.side === "sell" ? `-${quantity}` : quantity))
        : [],
    );
    const here = addDecimals(bought);
    const there = addDecimals([positions.get(symbol) ?? "0"]);
    if (here !== there)
      yield { invariant: "I9", kind: "other", what: `${symbol}: ${here} by our executions, ${there} at the broker` };
  }
}
