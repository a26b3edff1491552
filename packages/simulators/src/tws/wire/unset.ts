/** What TWS writes for a double, an integer and a decimal that nobody set; an empty field says the same. */
export const UNSET_DOUBLE = "1.7976931348623157E308";
export const UNSET_INT = "2147483647";
const UNSET_DECIMAL = "170141183460469231731687303715884105727";

/** The largest double, with as many digits as a client's language prints. */
const LARGEST_DOUBLE = /^1\.797\d*[eE]\+?308$/;

export function isUnsetInt(text: string): boolean {
  return text === "" || text === UNSET_INT;
}

export function isUnsetDecimal(text: string): boolean {
  return text === "" || text === UNSET_DECIMAL || LARGEST_DOUBLE.test(text);
}
