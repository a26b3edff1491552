import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { BrokerError } from "../BrokerError.ts";
import { parseFixed } from "../domain/decimal.ts";
import REST from "./fixtures/rest.json" with { type: "json" };
import STREAMS from "./fixtures/streams.json" with { type: "json" };
import { OrderBook } from "./orders/OrderBook.ts";
import type { AlpacaTransport, RestRequest } from "./rest/AlpacaTransport.ts";
import { callAlpaca } from "./rest/callAlpaca.ts";
import { parseInstant } from "./rest/instant.ts";
import {
  wireAccount,
  wireActivity,
  wireConfigurations,
  wireFillActivity,
  wirePortfolioHistory,
  wirePosition,
} from "./rest/wireAccount.ts";
import { rounded } from "./rest/wireFields.ts";
import { wireAsset, wireBar, wireClock, wireQuote, wireSnapshot, wireTrade } from "./rest/wireMarket.ts";
import { wireOrder } from "./rest/wireOrder.ts";
import { FrameDecoder } from "./stream/decodeFrame.ts";
import { toMarketEvent } from "./stream/marketEvent.ts";
import { MarketFrameReader } from "./stream/MarketFrames.ts";
import { tradeUpdate } from "./stream/tradeUpdate.ts";

const page = (row: z.ZodType) => z.record(z.string(), z.array(row));
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  account: wireAccount,
  configurations: wireConfigurations,
  order: wireOrder,
  position: wirePosition,
  fillActivity: wireFillActivity,
  activity: wireActivity,
  clock: wireClock,
  asset: wireAsset,
  portfolioHistory: wirePortfolioHistory,
  snapshots: z.record(z.string(), wireSnapshot),
  latestQuotes: z.object({ quotes: z.record(z.string(), wireQuote) }),
  latestTrades: z.object({ trades: z.record(z.string(), wireTrade) }),
  latestBars: z.object({ bars: z.record(z.string(), wireBar) }),
  bars: z.object({ bars: page(wireBar) }),
  quotes: z.object({ quotes: page(wireQuote) }),
  trades: z.object({ trades: page(wireTrade) }),
};
const schemaOf = (kind: string): z.ZodType => SCHEMAS[kind] ?? z.never();

const GET: RestRequest = { host: "trading", method: "GET", path: "/v2/account", urgency: "read" };

/** A transport whose only answer is this. */
function answering(body: string): AlpacaTransport {
  const answer = { status: 200, body, requestId: null, budget: null, retryAfterMs: null };
  return { send: () => Promise.resolve(answer), [Symbol.dispose]: () => undefined };
}

/** JSON text with something wrong: cut, with bytes changed, or with a value put in place of another. */
const damaged = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.nat(text.length).map((length) => text.slice(0, length)),
    fc
      .tuple(fc.nat(text.length - 1), fc.string({ maxLength: 4 }))
      .map(([at, put]) => text.slice(0, at) + put + text.slice(at + 1)),
    fc.tuple(fc.nat(40), fc.jsonValue()).map(([skip, put]) => {
      let seen = 0;
      return JSON.stringify(JSON.parse(text), (_key, value: unknown) => (seen++ === skip ? put : value));
    }),
  );

const FRAME_FAULTS = ["SyntaxError", "MsgpackError"];

/** The name of what is thrown; null where nothing is. */
function faultOf(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof Error ? error.name : "something else";
  }
}

describe("the wire", () => {
  it.each(REST)("[AL3] reads $name", async ({ kind, body }) => {
    await expect(callAlpaca(answering(JSON.stringify(body)), GET, schemaOf(kind))).resolves.toBeDefined();
  });

  it.each(REST.filter(({ kind }) => schemaOf(kind) instanceof z.ZodObject))(
    "[AL3] reads $name with fields and words that nobody has heard of",
    async ({ kind, body }) => {
      const stranger = { ...body, never_heard_of: { a: [1] }, order_class: "novel", exchange: "MARS" };
      await expect(callAlpaca(answering(JSON.stringify(stranger)), GET, schemaOf(kind))).resolves.toBeDefined();
    },
  );

  it("[AL3] reads a damaged answer, or refuses it with a code", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...REST).chain(({ kind, body }) => fc.tuple(fc.constant(kind), damaged(JSON.stringify(body)))),
        async ([kind, text]) => {
          const isFit = await callAlpaca(answering(text), GET, schemaOf(kind)).then(
            () => true,
            (error: unknown) => error instanceof BrokerError,
          );
          expect(isFit).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("[AL3] reads every message of the price stream", () => {
    const prices = STREAMS.filter(({ stream }) => stream === "prices");
    expect(prices.filter(({ message }) => toMarketEvent(message) === undefined)).toEqual([]);
    expect(toMarketEvent(STREAMS.find(({ name }) => name === "quote")?.message)).toEqual({
      kind: "quote",
      symbol: "AMD",
      bid: 87.66,
      bidSize: 1,
      ask: 87.68,
      askSize: 4,
      at: Date.parse("2021-02-22T15:51:45.335Z"),
    });
  });

  it("[AL3] takes damaged prices without failing", () => {
    const prices = STREAMS.filter(({ stream }) => stream === "prices");
    const reader = new MarketFrameReader();
    const nothing = (): void => undefined;
    fc.assert(
      fc.property(
        fc.constantFrom(...prices).chain(({ message }) => damaged(JSON.stringify([message]))),
        fc.uint8Array({ maxLength: 60 }),
        (text, bytes) => {
          const faults = [Buffer.from(text), Buffer.from(bytes)].map((frame) =>
            faultOf(() => reader.read(frame, nothing, nothing)),
          );
          expect(faults.filter((fault) => fault !== null && !FRAME_FAULTS.includes(fault))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("[AL3] takes damaged news of an order without failing", () => {
    const { message } = STREAMS.find(({ name }) => name === "fill") ?? { message: {} };
    let read = 0;
    fc.assert(
      fc.property(damaged(JSON.stringify("data" in message ? message.data : {})), (text) => {
        const fault = faultOf(() => {
          const update = tradeUpdate.safeParse(new FrameDecoder().decode(Buffer.from(text)));
          if (!update.success) return;
          read += 1;
          new OrderBook({ onUpdate: () => undefined }).apply(update.data);
        });
        expect([null, ...FRAME_FAULTS]).toContain(fault);
      }),
      { numRuns: 1_000 },
    );
    expect(read).toBeGreaterThan(30);
    // Seconds of work: more of them beside others.
  }, 30_000);

  it("[AL2] keeps a trade id beyond 2^53, and decimals to the billionth", () => {
    expect(wireTrade.parse({ t: "2026-11-20T15:00:00Z", p: 1, s: 1, i: "18446744073709551615" }).i).toBe(
      "18446744073709551615",
    );
    for (const [text, kept] of [
      ["122011.09751111286868", "122011.097511113"],
      ["-0.0000000005", "0"],
      ["0.0000000015", "0.000000002"],
      ["-1.23456789149", "-1.234567891"],
    ]) {
      expect(rounded.parse(text)).toBe(parseFixed(kept ?? ""));
    }
    expect(rounded.safeParse("1e5").success).toBe(false);
    expect(toMarketEvent({ T: "t", S: "A", i: 2 ** 60, p: 1, s: 1, t: "2026-11-20T15:00:00Z" })).toMatchObject({
      id: null,
    });
  });

  it("[AL3] reads an instant with any offset and any number of decimals, cut to the millisecond", () => {
    const at = Date.parse("2026-11-20T15:00:00.208Z");
    for (const text of [
      "2026-11-20T15:00:00.208Z",
      "2026-11-20T15:00:00.208999999Z",
      "2026-11-20T10:00:00.2089-05:00",
    ]) {
      expect(parseInstant(text)).toBe(at);
      expect(toMarketEvent({ T: "t", S: "A", i: 1, p: 1, s: 1, t: text })).toMatchObject({ at });
    }
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date("2099-12-31"), noInvalidDate: true }),
        fc.nat(9),
        (date, digits) => {
          const text = `${date.toISOString().slice(0, 19)}${digits === 0 ? "" : `.${"123456789".slice(0, digits)}`}Z`;
          const expected = parseInstant(text);
          expect(toMarketEvent({ T: "t", S: "A", i: 1, p: 1, s: 1, t: text })).toMatchObject({ at: expected });
        },
      ),
    );
    for (const text of ["", "now", "2026-11-20", "2026-13-45T99:00:00Z", 5, null])
      expect(parseInstant(text)).toBeUndefined();
  });
});
