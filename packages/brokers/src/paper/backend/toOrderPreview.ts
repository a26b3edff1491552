import type { MarginInfo, OrderPreview } from "../../domain/account.ts";
import { money, price } from "../../domain/decimal.ts";
import type { PaperPreview } from "../preview.ts";

export function toMarginInfo({ required, available, canExecute, maintenance }: PaperPreview): MarginInfo {
  return { required: money(required), available: money(available), canExecute, maintenance: money(maintenance) };
}

/** Without a preview there was no price to reckon with. `quotedAt` is market time, null without a quote. */
export function toOrderPreview(preview: PaperPreview | undefined, quotedAt: number | null): OrderPreview {
  if (preview === undefined) {
    return {
      referencePrice: null,
      notional: null,
      estimatedFees: null,
      margin: null,
      buyingPowerAfter: null,
      quotedAt,
    };
  }
  return {
    referencePrice: price(preview.referencePrice),
    notional: money(preview.notional),
    estimatedFees: money(preview.fees),
    margin: toMarginInfo(preview),
    buyingPowerAfter: money(preview.buyingPowerAfter),
    quotedAt,
  };
}
