import type { FieldReader } from "../FieldReader.ts";
import { orderFamilyOf } from "../orderFamily.ts";

/** What versions after 157 brought. */
export function readNewer(fields: FieldReader, orderType: string, exchange: string) {
  const early = {
    duration: fields.has("DURATION") ? fields.intOrNull() : null,
    postToAts: fields.has("POST_TO_ATS") ? fields.intOrNull() : null,
    autoCancelParent: fields.has("AUTO_CANCEL_PARENT") && fields.bool(),
    advancedErrorOverride: fields.has("ADVANCED_ORDER_REJECT") ? fields.text() : "",
    manualOrderTime: fields.has("MANUAL_ORDER_TIME") ? fields.text() : "",
  };
  const offsets = readOffsets(fields, orderType, exchange);
  const customer = {
    customerAccount: fields.has("CUSTOMER_ACCOUNT") ? fields.text() : "",
    professionalCustomer: fields.has("PROFESSIONAL_CUSTOMER") && fields.bool(),
  };
  if (fields.has("RFQ_FIELDS") && !fields.has("UNDO_RFQ_FIELDS")) fields.skip(2);
  return {
    ...early,
    ...offsets,
    ...customer,
    includeOvernight: fields.has("INCLUDE_OVERNIGHT") && fields.bool(),
    manualOrderIndicator: fields.has("CME_TAGGING_FIELDS") ? fields.intOrNull() : null,
  };
}

/** Only orders for IBKRATS and those pegged to the best or the midpoint have any of it. */
function readOffsets(fields: FieldReader, orderType: string, exchange: string) {
  const hasOffsets = fields.has("PEGBEST_PEGMID_OFFSETS");
  const family = hasOffsets ? orderFamilyOf(orderType) : "";
  const minTradeQty = hasOffsets && exchange === "IBKRATS" ? fields.intOrNull() : null;
  const minCompeteSize = family === "PEG BEST" ? fields.intOrNull() : null;
  const competeAgainstBestOffset = family === "PEG BEST" ? fields.offset() : null;
  const hasMid = family === "PEG MID" || competeAgainstBestOffset === "Infinity";
  return {
    minTradeQty,
    minCompeteSize,
    competeAgainstBestOffset,
    midOffsetAtWhole: hasMid ? fields.decimal() : null,
    midOffsetAtHalf: hasMid ? fields.decimal() : null,
  };
}
