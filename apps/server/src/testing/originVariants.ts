/**
 * Origins that are not the given one, each in some way near to it: other schemes, hosts that begin, end or are spelled
 * like it, other ports, user names, paths, lists and none at all. Always the same, in the same order.
 */
export function originVariants(exact: string): readonly (string | undefined)[] {
  const { protocol, hostname, port } = new URL(exact);
  const schemes = [protocol, protocol === "http:" ? "https:" : "http:", "ws:", "wss:", "HTTP:", "ftp:", "file:"];
  const ports = [port, "1", "80", "443", "65536", `0${port || "443"}`, `${port}0`, `+${port || "443"}`];
  const schemesWith = schemes.flatMap((scheme) => nearHosts(hostname).map((host) => `${scheme}//${host}`));
  const variants = new Set([
    ...schemesWith.map((start) => (port === "" ? start : `${start}:${port}`)),
    ...ports.map((other) => `${protocol}//${hostname}${other === "" ? "" : `:${other}`}`),
    ...["/", "//", "/.", "/a", "?", "?a", "#", "#a", ":", "\\", "%00", "%2f", ";", "@"].map((tail) => exact + tail),
    "null",
    "",
    "*",
    "undefined",
    "about:blank",
    "data:",
    "blob:" + exact,
    "//" + hostname,
    hostname,
    protocol,
    `${exact}, https://evil.example`,
    `https://evil.example, ${exact}`,
    `${exact} ${exact}`,
    `${exact},${exact}`,
    exact.replace("//", "/"),
    exact.replace("//", "///"),
    exact.replace("//", "\\\\"),
    exact.replace(":", ""),
    exact.toUpperCase(),
    `"${exact}"`,
    `<${exact}>`,
    `(${exact})`,
    encodeURIComponent(exact),
    ...["chrome-extension", "moz-extension", "capacitor", "app"].map((scheme) => `${scheme}://${hostname}`),
  ]);
  variants.delete(exact);
  return [undefined, ...variants];
}

function nearHosts(host: string): readonly string[] {
  return [
    host,
    `${host}.`,
    `.${host}`,
    `${host}..`,
    `www.${host}`,
    `a${host}`,
    `${host}a`,
    `evil-${host}`,
    `xn--${host}`,
    `${host}.evil.example`,
    `evil.example.${host}`,
    `${host}-evil.example`,
    `evil.example`,
    `evil${host}`,
    `user@${host}`,
    `user:word@${host}`,
    `${host}@evil.example`,
    `${host}:80@evil.example`,
    `${host}%2eevil.example`,
    "localhost",
    "LOCALHOST",
    "localhost.",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::]",
    "0.0.0.0",
    "127.0.0.2",
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "127.0.0.1",
    "xn--dsk-bla.example.org",
    "désk.example.org",
    host.toUpperCase(),
    host.replace(".", "。"),
    host.replace(".", "%2e"),
    `${host}%`,
    `*.${host}`,
    `${host}\t`,
  ].filter((name) => /^[\x20-\x7e]+$/.test(name));
}
