import { SystemClock } from "@trenddojo/brokers";
import { z } from "zod";
import type { RunningDesk } from "../desk/RunningDesk.ts";
import type { Submit } from "./Submit.ts";

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

/** Sends every ticket that has no answer yet until it has one, as an impatient browser would, while the desk lives. */
export async function submitAll(desk: RunningDesk, submits: readonly Submit[]): Promise<void> {
  await Promise.all(submits.filter(({ answer }) => answer === null).map((submit) => insist(desk, submit)));
}

async function insist(desk: RunningDesk, submit: Submit): Promise<void> {
  const clock = new SystemClock();
  const end = clock.monotonic() + PATIENCE_MS;
  const { accountId, key: idempotencyKey, order } = submit;
  while (desk.isAlive && clock.monotonic() < end) {
    try {
      const { id, state } = await desk.client.api.orders.place.mutate({ accountId, idempotencyKey, order });
      submit.answer = { kind: "order", id, state };
      return;
    } catch (error) {
      const said = refusal.safeParse(error);
      const isFinal =
        said.success && said.data.data.desk.outcome === "refused" && !PASSING.has(said.data.data.desk.code);
      if (said.success && isFinal) {
        submit.answer = { kind: "refused", code: said.data.data.desk.code };
        return;
      }
      await clock.sleep(AGAIN_MS);
    }
  }
}
