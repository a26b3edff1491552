import { isJson } from "./decodeFrame.ts";
import { JsonMarketReader } from "./JsonMarketReader.ts";
import { toMarketEvent, type MarketEvent } from "./marketEvent.ts";
import { MsgpackReader } from "./MsgpackReader.ts";

/** Reads frames of the price stream as they come, in either encoding. */
export class MarketFrameReader {
  readonly #msgpack = new MsgpackReader();
  readonly #json = new JsonMarketReader();

  /**
   * @param onEvent each price, in order. @param onOther each message that is none.
   * @throws SyntaxError or MsgpackError for what is neither JSON nor msgpack; nothing of a JSON frame is told then.
   */
  read(frame: Buffer, onEvent: (event: MarketEvent) => void, onOther: (message: unknown) => void): void {
    if (!isJson(frame)) {
      // A lone byte is a heartbeat.
      if (frame.length > 1) readMarketFrame(this.#msgpack, frame, onEvent, onOther);
      return;
    }
    const events = this.#json.read(frame);
    if (events !== undefined) {
      for (const event of events) onEvent(event);
      return;
    }
    const messages: unknown = JSON.parse(frame.toString("utf8"));
    for (const each of Array.isArray(messages) ? messages : []) {
      const event = toMarketEvent(each);
      if (event === undefined) onOther(each);
      else onEvent(event);
    }
  }
}

/**
 * The fields of one message of the price stream that anything is made of, whatever its kind: always the same fields in
 * the same order, which is what makes it quick to fill and to read.
 */
export class MarketFields {
  T: unknown;
  S: unknown;
  t: unknown;
  bp: unknown;
  bs: unknown;
  ap: unknown;
  as: unknown;
  p: unknown;
  s: unknown;
  i: unknown;
  o: unknown;
  h: unknown;
  l: unknown;
  c: unknown;
  v: unknown;
  u: unknown;
  d: unknown;
  oi: unknown;
  ci: unknown;
  cp: unknown;
  cs: unknown;
  sc: unknown;
  sm: unknown;
  rm: unknown;
  /** Of control messages. */
  msg: unknown;
  code: unknown;
}

/**
 * Reads one msgpack frame of the price stream, several times as fast as by way of plain objects.
 * @param onEvent each price. @param onOther each message that is none.
 * @throws MsgpackError for what is not a list of maps.
 */
export function readMarketFrame(
  reader: MsgpackReader,
  frame: Buffer,
  onEvent: (event: MarketEvent) => void,
  onOther: (fields: MarketFields) => void,
): void {
  reader.begin(frame);
  for (let left = reader.size("list"); left > 0; left -= 1) {
    const fields = new MarketFields();
    for (let pairs = reader.size("map"); pairs > 0; pairs -= 1) readField(reader, fields);
    const event = toMarketEvent(fields);
    if (event === undefined) onOther(fields);
    else onEvent(event);
  }
  reader.end();
}

/** One pair. The cases are the bytes of the names. */
function readField(reader: MsgpackReader, fields: MarketFields): void {
  switch (reader.name()) {
    case 0x54:
      fields.T = reader.value();
      return;
    case 0x53:
      fields.S = reader.value();
      return;
    case 0x74:
      fields.t = reader.value();
      return;
    case 0x6270:
      fields.bp = reader.value();
      return;
    case 0x6273:
      fields.bs = reader.value();
      return;
    case 0x6170:
      fields.ap = reader.value();
      return;
    case 0x6173:
      fields.as = reader.value();
      return;
    case 0x70:
      fields.p = reader.value();
      return;
    case 0x73:
      fields.s = reader.value();
      return;
    case 0x69:
      fields.i = reader.value();
      return;
    case 0x6f:
      fields.o = reader.value();
      return;
    case 0x68:
      fields.h = reader.value();
      return;
    case 0x6c:
      fields.l = reader.value();
      return;
    case 0x63:
      // A list of conditions in a quote or a trade, a price in a bar.
      if (fields.T === "q" || fields.T === "t") reader.skip();
      else fields.c = reader.value();
      return;
    case 0x76:
      fields.v = reader.value();
      return;
    case 0x75:
      fields.u = reader.value();
      return;
    case 0x64:
      fields.d = reader.value();
      return;
    case 0x6f69:
      fields.oi = reader.value();
      return;
    case 0x6369:
      fields.ci = reader.value();
      return;
    case 0x6370:
      fields.cp = reader.value();
      return;
    case 0x6373:
      fields.cs = reader.value();
      return;
    case 0x7363:
      fields.sc = reader.value();
      return;
    case 0x736d:
      fields.sm = reader.value();
      return;
    case 0x726d:
      fields.rm = reader.value();
      return;
    case 0x6d7367:
      fields.msg = reader.value();
      return;
    case 0x636f6465:
      fields.code = reader.value();
      return;
    default:
      reader.skip();
  }
}
