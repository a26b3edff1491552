import { EventName, type Contract, type Order, type OrderState } from "@stoqey/ib";
import { describe, expect, it } from "vitest";
import { decodeRequest } from "../requests/decodeRequest.ts";
import { COMBO, newerTerms, RICH } from "../testing/richOrder.ts";
import { SAMPLES, STATE } from "../testing/samples.ts";
import { VERSIONS, Wire } from "../testing/Wire.ts";
import { SINCE } from "../versions.ts";
import type { WireOrder } from "../WireOrder.ts";

interface Told {
  readonly contract: Contract;
  readonly order: Order;
  readonly state: OrderState;
}

/** What the vendor's port makes of `order`: as long as it works, or once it is over. */
async function told(wire: Wire, kind: "openOrder" | "completedOrder", order: WireOrder): Promise<Told> {
  const all: Told[] = [];
  wire.api.on(EventName.openOrder, (_id, contract, of, state) => all.push({ contract, order: of, state }));
  wire.api.on(EventName.completedOrder, (contract, of, state) => all.push({ contract, order: of, state }));
  const events = await wire.tells([{ ...SAMPLES[kind], order }]);
  expect(events.map(({ event }) => event)).toEqual([kind]);
  const [only] = all;
  if (only === undefined) throw new Error("nothing was told");
  return only;
}

describe.each(VERSIONS)("an order at version %d", (version) => {
  const order: WireOrder = { ...RICH, ...newerTerms(version) };

  it("[TW4] is told and, placed again as it was told, the same in every term", async () => {
    await using wire = await Wire.open(version);
    const open = await told(wire, "openOrder", order);
    const again: Order = { ...open.order, transmit: true };
    const [body = Buffer.alloc(0)] = await wire.asks((api) => api.placeOrder(18, open.contract, again));
    const placed = decodeRequest(body, version);
    const { conId, symbol, secType, comboLegs, deltaNeutral } = COMBO;
    expect(placed).toMatchObject({
      kind: "placeOrder",
      orderId: 18,
      contract: { conId, symbol, secType, exchange: "SMART", currency: "USD", comboLegs, deltaNeutral },
    });
    expect(placed.kind === "placeOrder" && placed.order).toEqual(order);
  });

  it("[TW4] has its ids, its status and its margins beside", async () => {
    await using wire = await Wire.open(version);
    const open = await told(wire, "openOrder", order);
    expect(open.order).toMatchObject({ orderId: 18, clientId: 7, permId: 1_900_000_001, parentId: 12 });
    const { status, commissionCurrency, warningText, ...amounts } = STATE;
    const numbers = Object.entries(amounts).map(([name, text]) => [name, Number(text)]);
    expect(open.state).toEqual({ status, commissionCurrency, warningText, ...Object.fromEntries(numbers) });
  });
});

// Before 177 the official layout has one field more than this port reads: a profile of advisors.
const WITHOUT_PROFILE = VERSIONS.filter((version) => version >= SINCE.FA_PROFILE_DESUPPORT);

describe.each(WITHOUT_PROFILE)("an order that is over at version %d", (version) => {
  it("[TW4] is told as it was while it worked, with how it ended", async () => {
    await using wire = await Wire.open(version);
    const order: WireOrder = { ...RICH, ...newerTerms(version) };
    const open = await told(wire, "openOrder", order);
    const completed = await told(wire, "completedOrder", order);
    const { autoCancelDate, filledQuantity, refFuturesConId, shareholder, ...rest } = completed.order;
    const { imbalanceOnly, routeMarketableToBbo, parentPermId, ...terms } = rest;
    expect(open.order).toMatchObject(terms);
    expect(open.contract).toEqual(completed.contract);
    expect([filledQuantity, parentPermId, refFuturesConId]).toEqual([40.5, 1_900_000_000, 2_147_483_647]);
    expect([autoCancelDate, shareholder, imbalanceOnly, routeMarketableToBbo]).toEqual(["", "", false, false]);
    expect(completed.state).toEqual({
      status: "Cancelled",
      completedTime: "20260415 15:27:04 US/Eastern",
      completedStatus: "Cancelled by Trader",
    });
  });
});
