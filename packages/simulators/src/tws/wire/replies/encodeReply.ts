import { FieldWriter } from "../FieldWriter.ts";
import type { TwsReply, TwsReplyKind } from "../TwsReply.ts";
import { writePnl, writePortfolioValue, writePosition, writePositionMulti } from "./accountReplies.ts";
import { writeCompletedOrder } from "./completedOrder.ts";
import { writeContractDetails, writeMarketRule, writeSymbolSamples } from "./contractReplies.ts";
import { writeHistoricalData, writeHistoricalDataUpdate, writeTickPrice } from "./marketReplies.ts";
import { writeOpenOrder } from "./openOrder.ts";
import { writeCommission, writeExecution, writeOrderStatus } from "./orderReplies.ts";

const MESSAGE_IDS: Readonly<Record<TwsReplyKind, number>> = {
  tickPrice: 1,
  tickSize: 2,
  orderStatus: 3,
  error: 4,
  openOrder: 5,
  accountValue: 6,
  portfolioValue: 7,
  accountTime: 8,
  nextValidId: 9,
  contractDetails: 10,
  execution: 11,
  managedAccounts: 15,
  historicalData: 17,
  tickGeneric: 45,
  tickString: 46,
  currentTime: 49,
  contractDetailsEnd: 52,
  openOrderEnd: 53,
  accountDownloadEnd: 54,
  executionEnd: 55,
  tickSnapshotEnd: 57,
  marketDataType: 58,
  commission: 59,
  position: 61,
  positionEnd: 62,
  accountSummary: 63,
  accountSummaryEnd: 64,
  positionMulti: 71,
  positionMultiEnd: 72,
  accountUpdateMulti: 73,
  accountUpdateMultiEnd: 74,
  symbolSamples: 79,
  tickReqParams: 81,
  headTimestamp: 88,
  historicalDataUpdate: 90,
  marketRule: 93,
  pnl: 94,
  pnlSingle: 95,
  orderBound: 100,
  completedOrder: 101,
  completedOrdersEnd: 102,
  userInfo: 107,
};

/** A reply as the frame that carries it. @param version the one that was agreed on. */
export function encodeReply(reply: TwsReply, version: number): Buffer {
  const fields = new FieldWriter(version, MESSAGE_IDS[reply.kind]);
  write(fields, reply);
  return fields.frame();
}

/** What follows the message id. Where it is a version, it is the last that the vendor gave the message. */
function write(fields: FieldWriter, reply: TwsReply): void {
  switch (reply.kind) {
    case "managedAccounts":
      fields.int(1);
      return fields.text(reply.accounts.join(","));
    case "nextValidId":
      return fields.int(1, reply.orderId);
    case "error":
      fields.int(2, reply.id, reply.code);
      fields.text(reply.message);
      if (fields.has("ADVANCED_ORDER_REJECT")) fields.text(reply.advancedReject ?? "");
      return;
    case "currentTime":
      return fields.int(1, reply.epochSeconds);
    case "openOrder":
      return writeOpenOrder(fields, reply);
    case "orderStatus":
      return writeOrderStatus(fields, reply);
    case "orderBound":
      return fields.int(reply.permId, reply.clientId, reply.orderId);
    case "completedOrder":
      return writeCompletedOrder(fields, reply);
    case "completedOrdersEnd":
      return;
    case "execution":
      return writeExecution(fields, reply);
    case "commission":
      return writeCommission(fields, reply);
    case "openOrderEnd":
    case "positionEnd":
      return fields.int(1);
    case "executionEnd":
    case "accountSummaryEnd":
    case "accountUpdateMultiEnd":
    case "positionMultiEnd":
    case "contractDetailsEnd":
    case "tickSnapshotEnd":
      return fields.int(1, reply.requestId);
    case "accountSummary":
      fields.int(1, reply.requestId);
      return fields.text(reply.account, reply.tag, reply.value, reply.currency);
    case "accountValue":
      fields.int(2);
      return fields.text(reply.key, reply.value, reply.currency, reply.account);
    case "portfolioValue":
      return writePortfolioValue(fields, reply);
    case "accountTime":
      fields.int(1);
      return fields.text(reply.time);
    case "accountDownloadEnd":
      fields.int(1);
      return fields.text(reply.account);
    case "accountUpdateMulti":
      fields.int(1, reply.requestId);
      return fields.text(reply.account, reply.modelCode, reply.key, reply.value, reply.currency);
    case "position":
      return writePosition(fields, reply);
    case "positionMulti":
      return writePositionMulti(fields, reply);
    case "pnl":
    case "pnlSingle":
      return writePnl(fields, reply);
    case "contractDetails":
      return writeContractDetails(fields, reply);
    case "symbolSamples":
      return writeSymbolSamples(fields, reply);
    case "marketRule":
      return writeMarketRule(fields, reply);
    case "tickPrice":
      return writeTickPrice(fields, reply);
    case "tickSize":
      fields.int(6, reply.requestId, reply.type);
      return fields.decimal(reply.size);
    case "tickGeneric":
      fields.int(6, reply.requestId, reply.type);
      return fields.decimal(reply.value);
    case "tickString":
      fields.int(6, reply.requestId, reply.type);
      return fields.text(reply.value);
    case "marketDataType":
      return fields.int(1, reply.requestId, reply.type);
    case "tickReqParams":
      fields.int(reply.requestId);
      fields.decimal(reply.minTick);
      fields.text(reply.bboExchange);
      return fields.int(reply.snapshotPermissions);
    case "historicalData":
      return writeHistoricalData(fields, reply);
    case "historicalDataUpdate":
      return writeHistoricalDataUpdate(fields, reply);
    case "headTimestamp":
      fields.int(reply.requestId);
      return fields.text(reply.timestamp);
    case "userInfo":
      fields.int(reply.requestId);
      return fields.text(reply.whiteBrandingId);
  }
}
