import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLogger } from "../../deps.ts";
import { DEFAULT_RISK_LIMITS } from "../../rules/RiskLimits.ts";
import { SessionStage } from "../../testing/alpaca/SessionStage.ts";
import { STAGE_KEYS } from "../../testing/alpaca/StreamStage.ts";
import { limitOrder } from "../../testing/builders.ts";
import { failureOf } from "../../testing/contract/calls.ts";
import { seededRandom } from "../../testing/seededRandom.ts";
import { AlpacaSession } from "../AlpacaSession.ts";

let stage: SessionStage;

beforeEach(async () => {
  stage = await SessionStage.set();
  stage.takeOrders();
  stage.alpaca.on("GET /v2/orders:by_client_order_id", {
    status: 404,
    json: { code: 40410000, message: "order not found" },
  });
  await stage.client.connect();
});
afterEach(() => stage[Symbol.asyncDispose]());

const place = (quantity = 10) => stage.client.placeOrder(limitOrder("AAPL", "buy", quantity, 90));
const sent = () => stage.alpaca.seen("POST /v2/orders").length;
const clientWith = (limits: typeof DEFAULT_RISK_LIMITS): AlpacaSession =>
  new AlpacaSession(
    {
      mode: "paper",
      keys: STAGE_KEYS,
      venue: stage.alpaca.venue,
      codec: "json",
      riskPolicy: () => ({ limits, tradingState: "ACTIVE" }),
    },
    { clock: stage.clock, random: seededRandom(1), logger: silentLogger },
  );
const refuse = { status: 403, json: { code: 40310000, message: "insufficient buying power" } };

describe("pace and repetition", () => {
  it.each([
    ["that was taken", undefined],
    ["whose answer was lost", { fate: "drop" }],
    ["of which an error says nothing", { status: 500, bytes: "<html>" }],
  ] as const)("[AL27] an order %s is not sent twice within five seconds", async (_which, answer) => {
    if (answer !== undefined) stage.alpaca.on("POST /v2/orders", answer);
    await place().catch(() => undefined);
    stage.takeOrders();
    const error = await failureOf(place());
    expect(error).toMatchObject({ code: "DUPLICATE_ORDER", outcome: "refused" });
    expect(sent()).toBe(1);
    await stage.clock.advance(DEFAULT_RISK_LIMITS.duplicateWindowMs);
    await place();
    expect(sent()).toBe(2);
  });

  it("[AL27] one that was refused never went", async () => {
    stage.alpaca.on("POST /v2/orders", refuse);
    expect(await failureOf(place())).toMatchObject({ code: "INSUFFICIENT_FUNDS" });
    stage.takeOrders();
    await place();
    expect(sent()).toBe(2);
  });

  it("[AL27] the refusal of one does not make another forgotten", async () => {
    stage.alpaca.on("POST /v2/orders", { fate: "drop" });
    await failureOf(place());
    stage.alpaca.on("POST /v2/orders", refuse);
    await failureOf(place(11));
    stage.takeOrders();
    expect(await failureOf(place())).toMatchObject({ code: "DUPLICATE_ORDER" });
  });

  it("[AL27] orders of unknown outcome count for the pace", async () => {
    const limits = { ...DEFAULT_RISK_LIMITS, maxOrdersPerMinute: 3 };
    const client = clientWith(limits);
    await client.connect();
    stage.alpaca.on("POST /v2/orders", { fate: "drop" });
    const outcomes: string[] = [];
    for (const quantity of [1, 2, 3, 4]) {
      outcomes.push((await failureOf(client.placeOrder(limitOrder("AAPL", "buy", quantity, 90)))).code);
    }
    await client.disconnect();
    expect(outcomes).toEqual(["OUTCOME_UNKNOWN", "OUTCOME_UNKNOWN", "OUTCOME_UNKNOWN", "RATE_LIMIT_EXCEEDED"]);
    expect(sent()).toBe(3);
  });

  it("[AL27] an order that is sent again under its id counts once for the pace, refused or not", async () => {
    const limits = { ...DEFAULT_RISK_LIMITS, maxOrdersPerMinute: 2 };
    const client = clientWith(limits);
    await client.connect();
    const send = (id: string, price: number) => client.placeOrder(limitOrder("AAPL", "buy", 1, price, id));
    stage.alpaca.on("POST /v2/orders", { fate: "drop" });
    await failureOf(send("first", 90));
    await failureOf(send("first", 90));
    stage.alpaca.on("POST /v2/orders", refuse);
    expect(await failureOf(send("first", 90))).toMatchObject({ code: "INSUFFICIENT_FUNDS" });
    stage.takeOrders();
    await send("second", 91);
    expect(await failureOf(send("third", 92))).toMatchObject({ code: "RATE_LIMIT_EXCEEDED" });
    await client.disconnect();
  });
});

describe("what the rules ask", () => {
  it("[AL31] an order does not wait for the list of executions", async () => {
    stage.alpaca.on("GET /v2/account/activities", { fate: "hold" });
    expect(await place()).toMatchObject({ symbol: "AAPL" });
  });
});
