import type { FieldReader } from "../FieldReader.ts";
import type { RequestOf } from "../TwsRequest.ts";

export function readAccountSummary(fields: FieldReader): RequestOf<"accountSummary"> {
  return { kind: "accountSummary", requestId: fields.id(), group: fields.text(), tags: fields.text() };
}

export function readAccountUpdates(fields: FieldReader): RequestOf<"accountUpdates"> {
  return { kind: "accountUpdates", subscribe: fields.bool(), account: fields.text() };
}

export function readAccountUpdatesMulti(fields: FieldReader): RequestOf<"accountUpdatesMulti"> {
  return {
    kind: "accountUpdatesMulti",
    requestId: fields.id(),
    account: fields.text(),
    modelCode: fields.text(),
    ledgerAndNlv: fields.bool(),
  };
}

export function readPositionsMulti(fields: FieldReader): RequestOf<"positionsMulti"> {
  return { kind: "positionsMulti", requestId: fields.id(), account: fields.text(), modelCode: fields.text() };
}

export function readPnl(fields: FieldReader): RequestOf<"pnl"> {
  return { kind: "pnl", requestId: fields.id(), account: fields.text(), modelCode: fields.text() };
}

export function readPnlSingle(fields: FieldReader): RequestOf<"pnlSingle"> {
  return {
    kind: "pnlSingle",
    requestId: fields.id(),
    account: fields.text(),
    modelCode: fields.text(),
    conId: fields.int(),
  };
}
