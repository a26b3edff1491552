import { FieldReader } from "../FieldReader.ts";
import type { TwsRequest } from "../TwsRequest.ts";
import {
  readAccountSummary,
  readAccountUpdates,
  readAccountUpdatesMulti,
  readPnl,
  readPnlSingle,
  readPositionsMulti,
} from "./accountRequests.ts";
import { readContractDetails, readHeadTimestamp, readHistoricalData, readMarketData } from "./marketRequests.ts";
import { readNotServed } from "./notServed.ts";
import { readCancelOrder, readExecutions, readGlobalCancel } from "./orderRequests.ts";
import { readPlaceOrder } from "./placeOrder.ts";

type Decoder = (fields: FieldReader) => TwsRequest;

/** A decoder of what follows a version field, which no longer says anything. */
function versioned(decoder: Decoder): Decoder {
  return (fields) => {
    fields.skip();
    return decoder(fields);
  };
}

/** By message id; what follows it. */
const DECODERS: Readonly<Record<number, Decoder>> = {
  1: versioned(readMarketData),
  2: versioned((fields) => ({ kind: "cancelMarketData", requestId: fields.id() })),
  3: readPlaceOrder,
  4: readCancelOrder,
  5: versioned(() => ({ kind: "openOrders" })),
  6: versioned(readAccountUpdates),
  7: versioned(readExecutions),
  8: versioned((fields) => {
    fields.skip(); // how many: it never mattered
    return { kind: "ids" };
  }),
  9: versioned(readContractDetails),
  14: versioned((fields) => ({ kind: "serverLogLevel", level: fields.int() })),
  15: versioned((fields) => ({ kind: "autoOpenOrders", bind: fields.bool() })),
  16: versioned(() => ({ kind: "allOpenOrders" })),
  17: versioned(() => ({ kind: "managedAccounts" })),
  20: readHistoricalData,
  25: versioned((fields) => ({ kind: "cancelHistoricalData", requestId: fields.id() })),
  49: versioned(() => ({ kind: "currentTime" })),
  58: readGlobalCancel,
  59: versioned((fields) => ({ kind: "marketDataType", type: fields.int() })),
  61: versioned(() => ({ kind: "positions" })),
  62: versioned(readAccountSummary),
  63: versioned((fields) => ({ kind: "cancelAccountSummary", requestId: fields.id() })),
  64: versioned(() => ({ kind: "cancelPositions" })),
  71: versioned((fields) => ({ kind: "startApi", clientId: fields.int(), optionalCapabilities: fields.text() })),
  74: versioned(readPositionsMulti),
  75: versioned((fields) => ({ kind: "cancelPositionsMulti", requestId: fields.id() })),
  76: versioned(readAccountUpdatesMulti),
  77: versioned((fields) => ({ kind: "cancelAccountUpdatesMulti", requestId: fields.id() })),
  81: (fields) => ({ kind: "matchingSymbols", requestId: fields.id(), pattern: fields.text() }),
  87: readHeadTimestamp,
  90: (fields) => ({ kind: "cancelHeadTimestamp", requestId: fields.id() }),
  91: (fields) => ({ kind: "marketRule", marketRuleId: fields.int() }),
  92: readPnl,
  93: (fields) => ({ kind: "cancelPnl", requestId: fields.id() }),
  94: readPnlSingle,
  95: (fields) => ({ kind: "cancelPnlSingle", requestId: fields.id() }),
  99: (fields) => ({ kind: "completedOrders", apiOnly: fields.bool() }),
  104: (fields) => ({ kind: "userInfo", requestId: fields.id() }),
};

/**
 * Reads a request; every field has to be there, and none may be left over.
 * @param body a frame without its length.
 * @param version the one that was agreed on.
 * @throws UnreadableRequest, which is error 320.
 */
export function decodeRequest(body: Buffer, version: number): TwsRequest {
  const fields = new FieldReader(body, version);
  const messageId = fields.int();
  const request = DECODERS[messageId]?.(fields) ?? readNotServed(fields, messageId);
  if (request === undefined) throw fields.refuse("no request has this number");
  fields.end();
  return request;
}
