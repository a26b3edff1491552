import type { FieldWriter } from "../FieldWriter.ts";
import type { PortfolioValue, ReplyOf } from "../TwsReply.ts";
import { UNSET_DOUBLE } from "../unset.ts";
import { writeContract, writeInstrument } from "./writeContract.ts";

export function writePortfolioValue(fields: FieldWriter, reply: PortfolioValue): void {
  const { contract } = reply;
  fields.int(8);
  writeInstrument(fields, contract, "0");
  fields.text(contract.primaryExch, contract.currency, contract.localSymbol, contract.tradingClass);
  fields.decimal(reply.position, reply.marketPrice, reply.marketValue, reply.averageCost);
  fields.decimal(reply.unrealizedPnl, reply.realizedPnl);
  fields.text(reply.account);
}

export function writePosition(fields: FieldWriter, reply: ReplyOf<"position">): void {
  fields.int(3);
  fields.text(reply.account);
  writeContract(fields, reply.contract);
  fields.decimal(reply.position, reply.avgCost);
}

export function writePositionMulti(fields: FieldWriter, reply: ReplyOf<"positionMulti">): void {
  fields.int(1, reply.requestId);
  fields.text(reply.account);
  writeContract(fields, reply.contract);
  fields.decimal(reply.position, reply.avgCost);
  fields.text(reply.modelCode);
}

export function writePnl(fields: FieldWriter, reply: ReplyOf<"pnl" | "pnlSingle">): void {
  fields.int(reply.requestId);
  if (reply.kind === "pnlSingle") fields.decimal(reply.position);
  fields.maybe(UNSET_DOUBLE, reply.daily, reply.unrealized, reply.realized);
  if (reply.kind === "pnlSingle") fields.maybe(UNSET_DOUBLE, reply.value);
}
