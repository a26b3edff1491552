import { SystemClock } from "@trenddojo/brokers";
import { z } from "zod";
import type { RunningDesk } from "../desk/RunningDesk.ts";
import type { Answer, Submit } from "./Submit.ts";

const AGAIN_MS = 25;
/** How long a person clicks on. */
const PATIENCE_MS = 90_000;

const refusal = z.object({ data: z.object({ desk: z.object({ code: z.string(), outcome: z.string() }) }) });

/** Refused for now: another click, a moment later, may do. */
const PASSING: ReadonlySet<string> = new Set([
  "NOT_CONNECTED",
  "TOO_MANY_REQUESTS",
  "TIMEOUT",
  "INTERNAL",
  "RATE_LIMIT_EXCEEDED",
  "API_ERROR",
  "CONNECTION_FAILED",
  "STALE_QUOTE",
]);

/** An order that is not at work yet is refused a change so. */
const PASSING_COMMAND: ReadonlySet<string> = new Set([...PASSING, "ORDER_REJECTED"]);

/**
 * Sends every ticket that has no answer yet until it has one, and then what is to become of its order, as an impatient
 * browser would, while the desk lives.
 */
export async function submitAll(desk: RunningDesk, submits: readonly Submit[]): Promise<void> {
  await Promise.all(submits.map((submit) => submitOne(desk, submit)));
}

async function submitOne(desk: RunningDesk, submit: Submit): Promise<void> {
  const { orders } = desk.client.api;
  const { accountId, key: idempotencyKey, order, command } = submit;
  submit.answer ??= await insist(desk, () => orders.place.mutate({ accountId, idempotencyKey, order }), PASSING);
  if (command === null || submit.answer?.kind !== "order") return;
  const { id: orderId } = submit.answer;
  submit.commandAnswer ??= await insist(
    desk,
    () =>
      command.kind === "cancel"
        ? orders.cancel.mutate({ orderId })
        : orders.modify.mutate({ orderId, changes: { price: command.price } }),
    PASSING_COMMAND,
  );
}

/** @returns what the desk answered in the end; null where it died or never did */
async function insist(
  desk: RunningDesk,
  ask: () => Promise<{ readonly id: string; readonly state: string }>,
  passing: ReadonlySet<string>,
): Promise<Answer | null> {
  const clock = new SystemClock();
  const end = clock.monotonic() + PATIENCE_MS;
  while (desk.isAlive && clock.monotonic() < end) {
    try {
      const { id, state } = await ask();
      return { kind: "order", id, state };
    } catch (error) {
      const said = refusal.safeParse(error);
      const isFinal =
        said.success && said.data.data.desk.outcome === "refused" && !passing.has(said.data.data.desk.code);
      if (said.success && isFinal) return { kind: "refused", code: said.data.data.desk.code };
      await clock.sleep(AGAIN_MS);
    }
  }
  return null;
}
