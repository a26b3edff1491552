import type { FieldReader } from "../FieldReader.ts";
import type { ReqHeadTimestamp, ReqHistoricalData, ReqMarketData, RequestOf } from "../TwsRequest.ts";
import { readContract, readDataLegs, readDeltaNeutral } from "./readContract.ts";

export function readContractDetails(fields: FieldReader): RequestOf<"contractDetails"> {
  return {
    kind: "contractDetails",
    requestId: fields.id(),
    contract: {
      ...readContract(fields),
      includeExpired: fields.bool(),
      secIdType: fields.text(),
      secId: fields.text(),
      issuerId: fields.has("BOND_ISSUERID") ? fields.text() : "",
    },
  };
}

export function readMarketData(fields: FieldReader): ReqMarketData {
  const requestId = fields.id();
  const named = readContract(fields);
  const contract = {
    ...named,
    comboLegs: readDataLegs(fields, named),
    deltaNeutral: readDeltaNeutral(fields),
  };
  const request: ReqMarketData = {
    kind: "marketData",
    requestId,
    contract,
    genericTicks: fields.text(),
    snapshot: fields.bool(),
    regulatorySnapshot: fields.bool(),
  };
  fields.skip(); // options, for the vendor's own use
  return request;
}

export function readHistoricalData(fields: FieldReader): ReqHistoricalData {
  const requestId = fields.id();
  const named = { ...readContract(fields), includeExpired: fields.bool() };
  const query = {
    endDateTime: fields.text(),
    barSize: fields.text(),
    duration: fields.text(),
    useRth: fields.bool(),
    whatToShow: fields.text(),
    formatDate: fields.int(),
  };
  return {
    kind: "historicalData",
    requestId,
    ...query,
    contract: { ...named, comboLegs: readDataLegs(fields, named) },
    keepUpToDate: fields.bool(),
    chartOptions: fields.text(),
  };
}

export function readHeadTimestamp(fields: FieldReader): ReqHeadTimestamp {
  return {
    kind: "headTimestamp",
    requestId: fields.id(),
    contract: { ...readContract(fields), includeExpired: fields.bool() },
    useRth: fields.bool(),
    whatToShow: fields.text(),
    formatDate: fields.int(),
  };
}
