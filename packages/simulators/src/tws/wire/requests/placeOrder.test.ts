import { OrderAction, OrderType, SecType, TimeInForce, type Contract, type Order } from "@stoqey/ib";
import { describe, expect, it } from "vitest";
import { bodyOf, fieldsOf } from "../testing/bodyOf.ts";
import { Wire } from "../testing/Wire.ts";
import type { PlaceOrder } from "../TwsRequest.ts";
import { UnreadableRequest } from "../UnreadableRequest.ts";
import { decodeRequest } from "./decodeRequest.ts";

const STOCK: Contract = { conId: 265598, symbol: "AAPL", secType: SecType.STK, exchange: "SMART", currency: "USD" };
const LIMIT: Order = {
  action: OrderAction.BUY,
  totalQuantity: 100,
  orderType: OrderType.LMT,
  lmtPrice: 150.1,
  tif: TimeInForce.DAY,
  orderRef: "mine-1",
  transmit: true,
};

/** Where the limit price stands. */
const PRICE = 19;

/** What the vendor's port writes for an order. */
async function written(version: number, order: Order, contract = STOCK): Promise<Buffer> {
  await using wire = await Wire.open(version);
  const [body = Buffer.alloc(0)] = await wire.asks((api) => api.placeOrder(18, contract, order));
  return body;
}

function read(body: Buffer, version: number): PlaceOrder {
  const request = decodeRequest(body, version);
  if (request.kind !== "placeOrder") throw new Error(`read as ${request.kind}`);
  return request;
}

function refusal(body: Buffer, version: number): UnreadableRequest {
  try {
    decodeRequest(body, version);
  } catch (error) {
    if (error instanceof UnreadableRequest) return error;
    throw error;
  }
  throw new Error("it was read");
}

describe("an order that is placed", () => {
  it.each([
    [157, 110],
    [176, 115],
    [178, 114],
    [193, 118],
  ])("[TW3] for a stock at version %d has %d fields", async (version, count) => {
    const body = await written(version, LIMIT);
    expect(fieldsOf(body)).toHaveLength(count);
    expect(read(body, version).order).toMatchObject({ lmtPrice: "150.1", orderRef: "mine-1", transmit: true });
  });

  it.each([
    ["as the vendor's port leaves it", ""],
    ["in Java", "1.7976931348623157E308"],
    ["in Python", "1.7976931348623157e+308"],
    ["in C++", "1.797693135e+308"],
  ])("[TW3] has no price where none is set, %s", async (_language, unset) => {
    const fields = [...fieldsOf(await written(178, LIMIT))];
    expect(fields[PRICE]).toBe("150.1");
    fields[PRICE] = unset;
    expect(read(bodyOf(...fields), 178).order.lmtPrice).toBeNull();
  });

  it("[TW3] has what only its sender says, and no list of orders tells", async () => {
    const own = {
      overridePercentageConstraints: true,
      scaleTable: "table",
      algoId: "algo",
      mifid2DecisionMaker: "maker",
      mifid2DecisionAlgo: "decision",
      mifid2ExecutionTrader: "trader",
      mifid2ExecutionAlgo: "execution",
      extOperator: "operator",
    };
    expect(read(await written(157, { ...LIMIT, ...own }), 157).order).toMatchObject(own);
    const newer = { ...own, advancedErrorOverride: "8229=X", manualOrderTime: "20260415 09:00:00" };
    const body = await written(193, { ...LIMIT, ...newer });
    expect(read(body, 193).order).toMatchObject(newer);
    // The port's types have lists for these two, which are texts.
    const fields = [...fieldsOf(body)];
    fields.splice(fields.indexOf("table") + 1, 2, "09:30:00", "16:00:00");
    const active = { activeStartTime: "09:30:00", activeStopTime: "16:00:00" };
    expect(read(bodyOf(...fields), 193).order).toMatchObject({ ...newer, ...active });
  });

  it("[TW3] is not transmitted where nothing is said of it", async () => {
    const { transmit: _transmit, ...silent } = LIMIT;
    expect(read(await written(178, silent), 178).order.transmit).toBe(false);
  });

  it("[TW3] at 187 to 189 has two fields that were taken back at 190", async () => {
    const counts: number[] = [];
    for (const version of [186, 187, 188, 189, 190]) {
      const body = await written(version, LIMIT);
      counts.push(fieldsOf(body).length);
      expect(read(body, version).orderId).toBe(18);
    }
    expect(counts.map((count) => count - (counts[0] ?? 0))).toEqual([0, 2, 2, 3, 1]);
  });

  it.each([169, 170, 193])("[TW3] has offsets where its type has them, from 170 on: %d", async (version) => {
    const offsets =
      version >= 170 ? { minTradeQty: 1, minCompeteSize: 2, midOffsetAtWhole: 0.1, midOffsetAtHalf: 0.2 } : {};
    const upTo = version >= 170 ? { competeAgainstBestOffset: Number.POSITIVE_INFINITY } : {};
    const by = version >= 170 ? { competeAgainstBestOffset: 0.3 } : {};
    const has = version >= 170;
    const ats = { ...STOCK, exchange: "IBKRATS" };
    const best: Order = { ...LIMIT, orderType: OrderType.PEG_BEST, ...offsets };
    expect(read(await written(version, { ...best, ...upTo }, ats), version).order).toMatchObject({
      minTradeQty: has ? 1 : null,
      minCompeteSize: has ? 2 : null,
      competeAgainstBestOffset: has ? "Infinity" : null,
      midOffsetAtWhole: has ? "0.1" : null,
      midOffsetAtHalf: has ? "0.2" : null,
    });
    expect(read(await written(version, { ...best, ...by }), version).order).toMatchObject({
      minTradeQty: null,
      competeAgainstBestOffset: has ? "0.3" : null,
      midOffsetAtWhole: null,
    });
    const mid: Order = { ...LIMIT, orderType: OrderType.PEG_MID, ...offsets };
    expect(read(await written(version, mid), version).order).toMatchObject({
      minCompeteSize: null,
      midOffsetAtWhole: has ? "0.1" : null,
      midOffsetAtHalf: has ? "0.2" : null,
    });
  });

  it.each([157, 178, 193])("[TW2] at version %d with any field missing is not read", async (version) => {
    const fields = fieldsOf(await written(version, LIMIT));
    const ids = fields.map((_field, index) => {
      // Without its number it would be another request.
      return index === 0 ? 18 : refusal(bodyOf(...fields.toSpliced(index, 1)), version).id;
    });
    expect(ids.toSpliced(1, 1).every((id) => id === 18)).toBe(true);
  });

  it("[TW2] with a field too many is not read, and the error names the order", async () => {
    const body = await written(193, LIMIT);
    expect(refusal(bodyOf(...fieldsOf(body), "1"), 193)).toMatchObject({
      id: 18,
      code: 320,
      message: "Error reading request:1 fields too many",
    });
  });

  it("[TW2] [H11] a NUL in a string makes fields of it, and no order", async () => {
    const order = { ...LIMIT, orderRef: "a\u0000b" };
    expect(refusal(await written(193, order), 193)).toMatchObject({ id: 18, code: 320 });
    expect(refusal(await written(193, { ...order, transmit: false }), 193)).toMatchObject({ id: 18, code: 320 });
  });

  it.each(["a\nb", "a\tb", "a\u007Fb", "caf\u00E9", "\u4E2D"])("[TW2] %j in a string is refused", async (orderRef) => {
    expect(refusal(await written(193, { ...LIMIT, orderRef }), 193)).toMatchObject({
      id: 18,
      message: expect.stringMatching(
        /^Error reading request:character out of printable ASCII in field 27: '[\x20-\x7E]+'$/,
      ),
    });
  });

  it("[TW2] numbers are kept as they were written, and exponents are written out", async () => {
    const fields = [...fieldsOf(await written(193, LIMIT))];
    const prices = ["150.10", "0.30000000000000004", "1e-7", "1.5E7", "-0.5"].map((text) => {
      fields[PRICE] = text;
      return read(bodyOf(...fields), 193).order.lmtPrice;
    });
    expect(prices).toEqual(["150.10", "0.30000000000000004", "0.0000001", "15000000", "-0.5"]);
  });

  it.each(["abc", "1,5", "0x10", "NaN", "Infinity", "1e999", "1 ", "--1", "."])(
    "[TW2] %j is no price",
    async (text) => {
      const fields = [...fieldsOf(await written(193, LIMIT))];
      fields[PRICE] = text;
      expect(refusal(bodyOf(...fields), 193)).toMatchObject({
        id: 18,
        message: `Error reading request:not a number in field ${PRICE + 1}: '${text}'`,
      });
    },
  );
});
