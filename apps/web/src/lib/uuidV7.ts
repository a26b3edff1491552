/**
 * A UUID of version 7: 48 bits of epoch milliseconds, then 74 random bits, so keys sort by the time they were made.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 *
 * @param nowMs epoch milliseconds.
 * @param fillRandom fills the array with random bytes, as `crypto.getRandomValues` does.
 */
export function uuidV7(nowMs: number, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void): string {
  const bytes = new Uint8Array(16);
  fillRandom(bytes);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(nowMs / 2 ** 32));
  view.setUint32(2, nowMs % 2 ** 32);
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f));
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
