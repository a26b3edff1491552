import type { Mode } from "@trenddojo/brokers/domain";
import type { ProbedPlaceView } from "@trenddojo/server/wire";

type Values = Readonly<Record<string, string>>;
export type FoundAccount = ProbedPlaceView["accounts"][number];

/** The accounts of a place that a connection of this mode may be of; pretended and real money are never mixed. */
export function usableAccounts(place: ProbedPlaceView, mode: Mode): readonly FoundAccount[] {
  return place.mode === mode ? place.accounts : [];
}

/** The account that there is no choice about; undefined where there is none, or several. */
export function onlyAccount(places: readonly ProbedPlaceView[], mode: Mode): FoundAccount | undefined {
  const [first, ...others] = places.flatMap((place) => usableAccounts(place, mode));
  return others.length === 0 ? first : undefined;
}

/** The form is filled in with this account. */
export function isFilledIn(values: Values, { credentials }: FoundAccount): boolean {
  return Object.entries(credentials).every(([name, value]) => (values[name] ?? "").trim() === value);
}

/** Why a place cannot be used, and what to do; null where it can. */
export function whyNot({ fault, mode: found }: ProbedPlaceView, mode: Mode): string | null {
  if (fault !== null) return fault.message;
  if (found === mode) return null;
  if (found === null) return "Its login has both paper and live accounts: log it in to one kind only.";
  return found === "live"
    ? "It is logged in to real money, which this connection is not for: log it in to the paper account."
    : "It is logged in to a paper account, and this connection is for real money.";
}
