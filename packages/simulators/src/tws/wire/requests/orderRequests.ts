import type { FieldReader } from "../FieldReader.ts";
import type { CancelOrder, GlobalCancel, ReqExecutions } from "../TwsRequest.ts";

export function readCancelOrder(fields: FieldReader): CancelOrder {
  if (!fields.has("CME_TAGGING_FIELDS")) fields.skip();
  const orderId = fields.id();
  const manualOrderTime = fields.has("MANUAL_ORDER_TIME") ? fields.text() : "";
  if (fields.has("RFQ_FIELDS") && !fields.has("UNDO_RFQ_FIELDS")) fields.skip(3);
  return { kind: "cancelOrder", orderId, manualOrderTime, ...readTagging(fields) };
}

export function readGlobalCancel(fields: FieldReader): GlobalCancel {
  if (!fields.has("CME_TAGGING_FIELDS")) fields.skip();
  return { kind: "globalCancel", ...readTagging(fields) };
}

function readTagging(fields: FieldReader) {
  const isTagged = fields.has("CME_TAGGING_FIELDS");
  return {
    extOperator: isTagged ? fields.text() : "",
    manualOrderIndicator: isTagged ? fields.intOrNull() : null,
  };
}

export function readExecutions(fields: FieldReader): ReqExecutions {
  return {
    kind: "executions",
    requestId: fields.id(),
    clientId: fields.int(),
    account: fields.text(),
    time: fields.text(),
    symbol: fields.text(),
    secType: fields.text(),
    exchange: fields.text(),
    side: fields.text(),
  };
}
