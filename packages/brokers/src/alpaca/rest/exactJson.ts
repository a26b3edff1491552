/** A text, or a number outside one: whichever begins first. Unrolled, so that a long text costs no backtracking. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/gs;
/** What a float holds exactly whatever its digits are; also the cheap test for a body that has nothing else. */
const FLOAT_DIGITS = 15;
const LONG_NUMBER = /\d[\d.]{15}/;

/**
 * `JSON.parse` for a broker's numbers: one with more digits than a float keeps comes out as its own text, unrounded.
 * Everything else is as `JSON.parse` has it.
 * @throws SyntaxError for what is not JSON.
 */
export function parseExactJson(text: string): unknown {
  // Node 20 does not give a reviver the source of a number.
  return JSON.parse(LONG_NUMBER.test(text) ? text.replace(TOKEN, quoteLongNumber) : text);
}

function quoteLongNumber(token: string): string {
  if (token.startsWith('"')) return token;
  const digits = token
    .replace(/[eE].*$/, "")
    .replaceAll(/\D/g, "")
    .replace(/^0+/, "");
  return digits.length > FLOAT_DIGITS && isNumber(token) ? `"${token}"` : token;
}

/** JSON's own grammar: what is not a number stays as it is, for `JSON.parse` to refuse. */
function isNumber(token: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(token);
}
