import type { FieldReader } from "../FieldReader.ts";
import type { RequestOf } from "../TwsRequest.ts";

/** Where a request's own id stands after the message id: first, after a version, or nowhere. */
type IdAt = "first" | "second" | "none";

const NOT_SERVED: Readonly<Record<number, readonly [name: string, idAt: IdAt]>> = {
  10: ["reqMktDepth", "second"],
  11: ["cancelMktDepth", "second"],
  12: ["reqNewsBulletins", "none"],
  13: ["cancelNewsBulletins", "none"],
  18: ["requestFA", "none"],
  19: ["replaceFA", "none"],
  21: ["exerciseOptions", "second"],
  22: ["reqScannerSubscription", "first"],
  23: ["cancelScannerSubscription", "second"],
  24: ["reqScannerParameters", "none"],
  50: ["reqRealTimeBars", "second"],
  51: ["cancelRealTimeBars", "second"],
  52: ["reqFundamentalData", "second"],
  53: ["cancelFundamentalData", "second"],
  54: ["calculateImpliedVolatility", "second"],
  55: ["calculateOptionPrice", "second"],
  56: ["cancelCalculateImpliedVolatility", "second"],
  57: ["cancelCalculateOptionPrice", "second"],
  65: ["verifyRequest", "none"],
  66: ["verifyMessage", "none"],
  67: ["queryDisplayGroups", "second"],
  68: ["subscribeToGroupEvents", "second"],
  69: ["updateDisplayGroup", "second"],
  70: ["unsubscribeFromGroupEvents", "second"],
  72: ["verifyAndAuthRequest", "none"],
  73: ["verifyAndAuthMessage", "none"],
  78: ["reqSecDefOptParams", "first"],
  79: ["reqSoftDollarTiers", "first"],
  80: ["reqFamilyCodes", "none"],
  82: ["reqMktDepthExchanges", "none"],
  83: ["reqSmartComponents", "first"],
  84: ["reqNewsArticle", "first"],
  85: ["reqNewsProviders", "none"],
  86: ["reqHistoricalNews", "first"],
  88: ["reqHistogramData", "first"],
  89: ["cancelHistogramData", "first"],
  96: ["reqHistoricalTicks", "first"],
  97: ["reqTickByTickData", "first"],
  98: ["cancelTickByTickData", "first"],
  100: ["reqWshMetaData", "first"],
  101: ["cancelWshMetaData", "first"],
  102: ["reqWshEventData", "first"],
  103: ["cancelWshEventData", "first"],
};

/** A request of the official API that this gateway does not serve; undefined for a number that none has. */
export function readNotServed(fields: FieldReader, messageId: number): RequestOf<"notServed"> | undefined {
  const known = NOT_SERVED[messageId];
  if (known === undefined) return undefined;
  const [name, idAt] = known;
  if (idAt === "second") fields.skip();
  const requestId = idAt === "none" ? -1 : fields.id();
  fields.drop();
  return { kind: "notServed", requestId, messageId, name };
}
