import type { GatewayError } from "./GatewayEvents.ts";

const ERROR_MESSAGE = "4\0";
const FIELDS = 5;

/** By its first bytes. */
export function isErrorFrame(text: string): boolean {
  return text.startsWith(ERROR_MESSAGE);
}

/**
 * What an error message says; null where it cannot be read. The vendor's library is not asked: it throws, uncaught, where
 * the reasons of a rejection are not JSON, and tells an order's error to the request of the same number (H3, H13).
 */
export function readErrorFrame(text: string): GatewayError | null {
  const [, , id = "", code = "", message = "", advanced = ""] = text.split("\0");
  if (text.split("\0").length <= FIELDS || !/^-?\d{1,10}$/.test(id) || !/^\d{1,6}$/.test(code)) return null;
  return { id: Number(id), code: Number(code), message: unescaped(message), advanced: unescaped(advanced) };
}

/** Characters outside ASCII come as \uXXXX, from version 153 on. */
function unescaped(text: string): string {
  return text.replaceAll(/\\u([\da-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
