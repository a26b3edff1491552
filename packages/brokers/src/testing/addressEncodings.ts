/** How one IPv4 address can be written so that a check of its usual form does not know it; each as some resolver reads it. */
export function addressEncodings(address: string): readonly string[] {
  const parts = address.split(".").map(Number);
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number, length = 0): string => value.toString(16).padStart(length, "0");
  const high = hex(a * 256 + b);
  const low = hex(c * 256 + d);
  return [
    address,
    String(whole),
    `0x${hex(whole)}`,
    `0X${hex(whole).toUpperCase()}`,
    `0${whole.toString(8)}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    `${a}.0x${hex((b * 256 + c) * 256 + d)}`,
    parts.map((part) => `0x${hex(part)}`).join("."),
    parts.map((part) => `0${part.toString(8)}`).join("."),
    parts.map((part) => String(part).padStart(3, "0")).join("."),
    `0x${hex(a)}.${b}.0${c.toString(8)}.${d}`,
    `${address}.`,
    `[${address}]`,
    `${address}%00`,
    `${address}:80`,
    `user@${address}`,
    `${address}/`,
    address.replaceAll(".", "\u3002"),
    address.replace(/./g, fullWidth),
    address.replaceAll(".", "%2e"),
    `::ffff:${address}`,
    `::FFFF:${high}:${low}`,
    `0:0:0:0:0:ffff:${high}:${low}`,
    `::${address}`,
    `::${high}:${low}`,
    `64:ff9b::${address}`,
    `64:ff9b::${high}:${low}`,
    `2002:${high}:${low}::1`,
    `[::ffff:${address}]`,
    `::ffff:0:${address}`,
    `::ffff:${address}%lo`,
    `fe80::${high}:${low}`,
  ];
}

function fullWidth(character: string): string {
  return character === "." ? "\uff0e" : String.fromCodePoint(0xff10 + Number(character));
}
