const FIN_AND_TEXT = 0x81;
/** Payloads of up to this many bytes have their length in the header's second byte. */
const SHORT = 125;
const FOLLOWED_BY_16_BITS = 126;
const FOLLOWED_BY_64_BITS = 127;
const LARGEST_16_BITS = 0xffff;

/** A whole, unmasked text frame, as a server sends it (RFC 6455 5.2). */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const header = length <= SHORT ? 2 : length <= LARGEST_16_BITS ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = FIN_AND_TEXT;
  if (header === 2) frame[1] = length;
  else if (header === 4) {
    frame[1] = FOLLOWED_BY_16_BITS;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = FOLLOWED_BY_64_BITS;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, header);
  return frame;
}
