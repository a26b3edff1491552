import { describe, expect, it } from "vitest";
import { Bench, KEY, SECRET, type ErrorBody } from "./testing/Bench.ts";

/** What is asked for, and how it is refused: a buy of one AAPL at the market but for what is given. */
const REFUSALS: readonly (readonly [title: string, given: object, status: number, code: number, message: string])[] = [
  ["no symbol", { symbol: "" }, 422, 40010001, "symbol is required"],
  ["an unknown symbol", { symbol: "NOPE" }, 422, 42210000, 'asset "NOPE" not found'],
  ["an unknown side", { side: "hold" }, 422, 40010001, "invalid side: hold"],
  ["no quantity", { qty: undefined }, 422, 40010001, "qty or notional is required"],
  ["both amounts", { notional: "5" }, 422, 40010001, "only one of qty or notional is accepted"],
  ["a quantity of zero", { qty: "0" }, 422, 40010001, "qty must be > 0"],
  ["a quantity that is none", { qty: "1e3" }, 422, 40010001, "invalid qty: 1e3"],
  ["a body of the wrong shape", { symbol: 5 }, 400, 40010000, "failed to decode request body"],
  ["a limit order without a limit", { type: "limit" }, 422, 40010001, "limit orders require a limit price"],
  ["a stop order without a stop", { type: "stop" }, 422, 40010001, "stop orders require a stop price"],
  [
    "a trail of two kinds",
    { type: "trailing_stop", trail_price: "1", trail_percent: "1" },
    422,
    40010001,
    "only one of trail_price and trail_percent may be specified",
  ],
  [
    "a price between two cents",
    { type: "limit", limit_price: "290.123" },
    422,
    42210000,
    "invalid limit_price 290.123. sub-penny increment does not fulfill minimum pricing criteria",
  ],
  [
    "a price below a dollar with five decimals",
    { type: "limit", limit_price: "0.12345" },
    422,
    42210000,
    "invalid limit_price 0.12345. sub-penny increment does not fulfill minimum pricing criteria",
  ],
  [
    "a client order id that is too long",
    { client_order_id: "x".repeat(129) },
    422,
    40010001,
    "client_order_id must be no more than 128 characters",
  ],
  ["more than the account can pay", { qty: "5000" }, 403, 40310000, "insufficient buying power"],
  [
    "a fraction of a whole-share asset",
    { symbol: "TSLA", qty: "0.5" },
    403,
    40310000,
    'asset "TSLA" is not fractionable',
  ],
  [
    "a fraction good till canceled",
    { qty: "0.5", time_in_force: "gtc" },
    422,
    42210000,
    "fractional orders must be DAY orders",
  ],
  ["a fraction sold short", { qty: "0.5", side: "sell" }, 422, 42210000, "fractional orders cannot be sold short"],
  [
    "less than a dollar",
    { qty: undefined, notional: "0.5" },
    403,
    40310000,
    "cost basis must be >= minimal amount of order 1",
  ],
  [
    "a market order in extended hours",
    { extended_hours: true },
    422,
    42210000,
    "extended hours order must be DAY or GTC limit orders",
  ],
  [
    "a stop order that cannot wait",
    { type: "stop", stop_price: "101", time_in_force: "ioc" },
    422,
    42210000,
    "invalid time_in_force ioc for stop orders",
  ],
  [
    "a bracket without a profit",
    { order_class: "bracket", stop_loss: { stop_price: "90" } },
    422,
    40010001,
    "bracket orders require take_profit.limit_price",
  ],
  [
    "a bracket without a stop",
    { order_class: "bracket", take_profit: { limit_price: "110" } },
    422,
    40010001,
    "bracket orders require stop_loss.stop_price",
  ],
  [
    "an oto with two exits",
    { order_class: "oto", take_profit: { limit_price: "110" }, stop_loss: { stop_price: "90" } },
    422,
    40010001,
    "oto orders require either take_profit.limit_price or stop_loss.stop_price",
  ],
  [
    "an oco at the market",
    { order_class: "oco", side: "sell", take_profit: { limit_price: "110" }, stop_loss: { stop_price: "90" } },
    422,
    40010001,
    "oco orders must be limit orders",
  ],
  [
    "a sell stop above the market",
    { type: "stop", side: "sell", stop_price: "120" },
    422,
    42210000,
    "stop price must be less than current price",
  ],
  [
    "a profit below the stop",
    { order_class: "bracket", take_profit: { limit_price: "85" }, stop_loss: { stop_price: "90" } },
    422,
    42210000,
    "simulator: The profit at 85.00 must lie above the stop at 90.00.",
  ],
];

const RESTING_SALE = { type: "limit", limit_price: "120" };
const BRACKET_BUY = { order_class: "bracket", take_profit: { limit_price: "130" }, stop_loss: { stop_price: "90" } };

describe("what is refused", () => {
  it.each(REFUSALS)("[AS60] %s", async (_, given, status, code, message) => {
    await using bench = await Bench.open({ notFractionable: ["TSLA"] });
    const answer = await bench.order(given);
    expect({ status: answer.status, code: answer.body.code, message: answer.body.message }).toEqual({
      status,
      code,
      message,
    });
    expect((await bench.get("/v2/orders?status=all")).body).toEqual([]);
  });

  it("[AS60] what the exchange refused does not stand in the way of the next", async () => {
    await using bench = await Bench.open();
    for (let count = 0; count < 3; count += 1) expect((await bench.order({ qty: "5000" })).status).toBe(403);
    expect((await bench.order({ ...BRACKET_BUY, client_order_id: "next" })).status).toBe(200);
  });

  it("[AS61] a client order id is taken once, also after its order is filled", async () => {
    await using bench = await Bench.open();
    await bench.order({ client_order_id: "twice" });
    const { status, body } = await bench.order({ client_order_id: "twice" });
    expect([status, body]).toEqual([422, { code: 40010001, message: "client_order_id must be unique" }]);
  });

  it("[AS62] shares that are held for orders cannot be sold again, and the numbers say so", async () => {
    await using bench = await Bench.open();
    await bench.order({ qty: "10" });
    const resting = await bench.order({ qty: "6", side: "sell", type: "limit", limit_price: "120" });
    const { status, body } = await bench.order({ qty: "5", side: "sell", type: "limit", limit_price: "121" });
    expect([status, body]).toEqual([
      403,
      {
        code: 40310000,
        message: "insufficient qty available for order (requested: 5, available: 4)",
        available: "4",
        existing_qty: "10",
        held_for_orders: "6",
        symbol: "AAPL",
        related_orders: [resting.body.id],
      },
    ]);
  });

  it("[AS62] a position is not turned round in one order", async () => {
    await using bench = await Bench.open();
    await bench.order({ qty: "2", side: "sell" });
    expect((await bench.order({ qty: "3" })).body.message).toContain("requested: 3, available: 2");
    expect((await bench.order({ qty: "2" })).status).toBe(200);
  });

  it("[AS62] an account that may not short does not", async () => {
    await using bench = await Bench.open();
    await bench.call("PATCH", "/v2/account/configurations", { no_shorting: true });
    expect((await bench.order({ side: "sell" })).body).toMatchObject({
      code: 40310000,
      message: "account is not allowed to short",
    });
    expect((await bench.get<{ shorting_enabled: boolean }>("/v2/account")).body.shorting_enabled).toBe(false);
  });

  it.each([
    ["two limits that cross", RESTING_SALE, { type: "limit", limit_price: "121" }, "limit"],
    ["a market order against a limit", RESTING_SALE, {}, "limit"],
    [
      "a limit against a plain stop",
      { type: "stop", stop_price: "90" },
      { type: "limit", limit_price: "80" },
      "market/stop",
    ],
  ])("[AS63] orders that could trade with each other: %s", async (_, sell, buy, kind) => {
    await using bench = await Bench.open();
    await bench.order({ qty: "10" });
    const resting = await bench.order({ side: "sell", ...sell });
    expect(await bench.order(buy)).toMatchObject({
      status: 403,
      body: {
        code: 40310000,
        message: "potential wash trade detected. use complex orders",
        existing_order_id: resting.body.id,
        reject_reason: `opposite side ${kind} order exists`,
      },
    });
  });

  it.each([
    ["two limits that do not cross", RESTING_SALE, { type: "limit", limit_price: "99" }],
    ["a bracket against a limit", RESTING_SALE, BRACKET_BUY],
    ["a trail against a limit", { type: "trailing_stop", trail_price: "9" }, { type: "limit", limit_price: "99" }],
  ])("[AS63] orders that may stand together: %s", async (_, sell, buy) => {
    await using bench = await Bench.open();
    await bench.order({ qty: "10" });
    await bench.order({ side: "sell", ...sell });
    expect((await bench.order(buy)).status).toBe(200);
  });

  it("[AS64] changes of what is over, or is not there", async () => {
    await using bench = await Bench.open();
    const { body } = await bench.order();
    const refused = async (method: string, path: string, given?: object): Promise<unknown> => {
      const answer = await bench.call<ErrorBody>(method, path, given);
      return [answer.status, answer.body.code, answer.body.message];
    };
    const filled = [422, 42210000, 'order is already in "filled" state'];
    const unknown = "904837e3-3b76-47ec-b432-046db621571b";
    expect(await refused("DELETE", `/v2/orders/${body.id}`)).toEqual(filled);
    expect(await refused("PATCH", `/v2/orders/${body.id}`, { qty: "2" })).toEqual(filled);
    expect(await refused("GET", "/v2/orders/nonsense")).toEqual([422, 40010001, "order_id is missing"]);
    expect(await refused("GET", `/v2/orders/${unknown}`)).toEqual([404, 40410000, `order not found for ${unknown}`]);
    expect(await refused("GET", "/v2/orders:by_client_order_id?client_order_id=x")).toEqual([
      404,
      40410000,
      "order not found for x",
    ]);
    expect(await refused("GET", "/v2/positions/MSFT")).toEqual([404, 40410000, "position does not exist"]);
    expect(await refused("GET", "/v2/assets/BRK.B")).toEqual([404, 40410000, "asset not found for BRK.B"]);
    const resting = (await bench.order({ type: "limit", limit_price: "90" })).body;
    expect(await refused("PATCH", `/v2/orders/${resting.id}`, {})).toEqual([
      422,
      42210000,
      "order parameters are not changed",
    ]);
  });

  it("[AS65] a suspended account, and one whose owner suspended it", async () => {
    await using bench = await Bench.open();
    await bench.call("PATCH", "/v2/account/configurations", { suspend_trade: true });
    expect((await bench.order()).body).toMatchObject({
      code: 40310000,
      message: "new orders are rejected by user request",
    });
    await bench.call("PATCH", "/v2/account/configurations", { suspend_trade: false });
    bench.simulator.account(KEY).standing = { status: "ACCOUNT_CLOSED", tradingBlocked: true, accountBlocked: false };
    expect((await bench.order()).status).toBe(403);
    expect((await bench.get("/v2/account")).body).toMatchObject({ status: "ACCOUNT_CLOSED", trading_blocked: true });
  });

  it("[AS66] credentials: each service has its own words, and the answer never has the secret", async () => {
    await using bench = await Bench.open();
    const as = async (path: string, key: string | null, secret: string): Promise<unknown> => {
      const headers = key === null ? {} : { "APCA-API-KEY-ID": key, "APCA-API-SECRET-KEY": secret };
      const answer = await bench.call<ErrorBody>("GET", path, undefined, headers);
      expect(JSON.stringify(answer.body)).not.toContain(SECRET);
      return [answer.status, answer.body];
    };
    const unauthorized = { code: 40110000, message: "request is not authorized" };
    expect(await as("/v2/account", KEY, "wrong")).toEqual([401, unauthorized]);
    expect(await as("/v2/account", null, "")).toEqual([401, unauthorized]);
    expect(await as("/v2/stocks/AAPL/snapshot", KEY, "wrong")).toEqual([403, { message: "forbidden." }]);
    expect(JSON.stringify(bench.simulator.journal.entries)).not.toContain(SECRET);
  });
});
