import type { FieldWriter } from "../FieldWriter.ts";
import type { ReplyOf } from "../TwsReply.ts";

export function writeTickPrice(fields: FieldWriter, reply: ReplyOf<"tickPrice">): void {
  fields.int(6, reply.requestId, reply.type);
  fields.decimal(reply.price);
  fields.maybe("", reply.size);
  fields.int(reply.attributes);
}

export function writeHistoricalData(fields: FieldWriter, reply: ReplyOf<"historicalData">): void {
  fields.int(reply.requestId);
  fields.text(reply.start, reply.end);
  fields.list(reply.bars, (bar) => {
    fields.text(bar.date);
    fields.decimal(bar.open, bar.high, bar.low, bar.close, bar.volume, bar.wap);
    fields.int(bar.count);
  });
}

/** Its order is not that of a bar among others. */
export function writeHistoricalDataUpdate(
  fields: FieldWriter,
  { requestId, bar }: ReplyOf<"historicalDataUpdate">,
): void {
  fields.int(requestId, bar.count);
  fields.text(bar.date);
  fields.decimal(bar.open, bar.close, bar.high, bar.low, bar.wap, bar.volume);
}
