import type { FieldWriter } from "../FieldWriter.ts";
import type { ContractDetails, ReplyOf } from "../TwsReply.ts";

/** Fields of a fund, which are all left out. */
const FUND_FIELDS = Array.from({ length: 17 }, () => "");

export function writeContractDetails(fields: FieldWriter, { requestId, details }: ReplyOf<"contractDetails">): void {
  const { contract } = details;
  if (!fields.has("SIZE_RULES")) fields.int(8);
  fields.int(requestId);
  fields.text(contract.symbol, contract.secType, contract.lastTradeDateOrContractMonth);
  if (fields.has("LAST_TRADE_DATE")) fields.text(contract.lastTradeDateOrContractMonth);
  fields.maybe("0", contract.strike);
  fields.text(contract.right, contract.exchange, contract.currency, contract.localSymbol);
  fields.text(details.marketName, contract.tradingClass);
  fields.int(contract.conId);
  fields.decimal(details.minTick);
  if (!fields.has("SIZE_RULES")) fields.int(1); // the multiplier of sizes: they are in shares
  fields.text(contract.multiplier, details.orderTypes, details.validExchanges);
  fields.int(details.priceMagnifier, details.underConId);
  fields.text(details.longName, contract.primaryExch, details.contractMonth);
  fields.text(details.industry, details.category, details.subcategory);
  fields.text(details.timeZoneId, details.tradingHours, details.liquidHours);
  writeMore(fields, details);
}

function writeMore(fields: FieldWriter, details: ContractDetails): void {
  fields.text(details.evRule);
  fields.decimal(details.evMultiplier);
  fields.list(details.secIds, ({ tag, value }) => fields.text(tag, value));
  fields.int(details.aggGroup);
  fields.text(details.underSymbol, details.underSecType, details.marketRuleIds);
  fields.text(details.realExpirationDate, details.stockType);
  if (fields.has("SIZE_RULES")) {
    fields.decimal(details.minSize, details.sizeIncrement, details.suggestedSizeIncrement);
  } else if (fields.has("FRACTIONAL_SIZE_SUPPORT")) fields.decimal(details.sizeIncrement);
  if (fields.has("FUND_DATA_FIELDS") && details.contract.secType === "FUND") fields.text(...FUND_FIELDS);
  if (!fields.has("INELIGIBILITY_REASONS")) return;
  fields.list(details.ineligibilityReasons, ({ id, description }) => fields.text(id, description));
}

export function writeSymbolSamples(fields: FieldWriter, { requestId, samples }: ReplyOf<"symbolSamples">): void {
  fields.int(requestId);
  fields.list(samples, (sample) => {
    fields.int(sample.conId);
    fields.text(sample.symbol, sample.secType, sample.primaryExch, sample.currency);
    fields.list(sample.derivativeSecTypes, (type) => fields.text(type));
    if (fields.has("BOND_ISSUERID")) fields.text(sample.description, sample.issuerId);
  });
}

export function writeMarketRule(fields: FieldWriter, reply: ReplyOf<"marketRule">): void {
  fields.int(reply.marketRuleId);
  fields.list(reply.increments, ({ lowEdge, increment }) => fields.decimal(lowEdge, increment));
}
