/** What we say to a stream: texts, lists of texts, and objects of both. */
export type StreamMessage = { readonly [name: string]: string | readonly string[] };

/** One message as msgpack, https://github.com/msgpack/msgpack/blob/master/spec.md */
export function encodeMsgpack(message: StreamMessage): Buffer {
  const entries = Object.entries(message);
  return Buffer.concat([
    header(entries.length, 0x80, 0xde, 0xdf),
    ...entries.flatMap(([name, value]) => [
      text(name),
      ...(typeof value === "string" ? [text(value)] : [header(value.length, 0x90, 0xdc, 0xdd), ...value.map(text)]),
    ]),
  ]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, "utf8");
  const head = bytes.length < 32 ? Buffer.of(0xa0 | bytes.length) : long(bytes.length, 0xda, 0xdb);
  return Buffer.concat([head, bytes]);
}

/** @param short holds sizes below 16 in itself; `two` and `four` are followed by as many bytes of size. */
function header(size: number, short: number, two: number, four: number): Buffer {
  return size < 16 ? Buffer.of(short | size) : long(size, two, four);
}

function long(size: number, two: number, four: number): Buffer {
  const bytes = Buffer.alloc(size < 0x1_0000 ? 3 : 5);
  bytes.writeUInt8(bytes.length === 3 ? two : four);
  if (bytes.length === 3) bytes.writeUInt16BE(size, 1);
  else bytes.writeUInt32BE(size, 1);
  return bytes;
}
