import { marketDay, nyDate, sessionAt, sessionWithOvernight, type ExchangeSession } from "@trenddojo/brokers";
import type { MarketSession } from "@trenddojo/brokers/domain";

/** A market in which the vendor trades US equities. */
export interface Venue {
  readonly acronym: string;
  readonly mic: string;
  readonly name: string;
  /** It trades in the night between two trading days and at no other time. */
  readonly isOvernight: boolean;
}

export const VENUES: readonly Venue[] = [
  { acronym: "NYSE", mic: "XNYS", name: "New York Stock Exchange", isOvernight: false },
  { acronym: "NASDAQ", mic: "XNAS", name: "Nasdaq Stock Market", isOvernight: false },
  { acronym: "IEX", mic: "IEXG", name: "Investors Exchange", isOvernight: false },
  { acronym: "BOATS", mic: "OCEA", name: "Blue Ocean Alternative Trading System", isOvernight: true },
];

/** By acronym or by market identifier code. */
export const findVenue = (text: string): Venue | undefined =>
  VENUES.find(({ acronym, mic }) => acronym === text || mic === text);

/** The vendor's word for what a market does at an instant. Instants in epoch milliseconds. */
export interface VenuePhase {
  readonly phase: "closed" | "pre" | "core" | "post";
  readonly until: number;
  readonly isMarketDay: boolean;
  readonly nextOpenAt: number;
  readonly nextCloseAt: number;
}

const PHASES = {
  overnight: "core",
  regular: "core",
  pre: "pre",
  post: "post",
  closed: "closed",
} as const satisfies Record<MarketSession, VenuePhase["phase"]>;

/** @throws CalendarRangeError outside 2010 to 2035. */
export function phaseAt({ isOvernight }: Venue, at: number): VenuePhase {
  const sessionOf = isOvernight ? nightAt : sessionAt;
  const { session, sessionEndsAt } = sessionOf(at);
  const core = isOvernight ? "overnight" : "regular";
  const nextOpenAt = nextBeginning(sessionOf, core, at);
  const nextCloseAt = session === core ? sessionEndsAt : sessionOf(nextOpenAt).sessionEndsAt;
  const isMarketDay = marketDay(nyDate(at)).sessions !== null;
  return { phase: PHASES[session], until: sessionEndsAt, isMarketDay, nextOpenAt, nextCloseAt };
}

/** The night alone: what is before it and after it is one stretch that is closed. */
function nightAt(at: number): Pick<ExchangeSession, "session" | "sessionEndsAt"> {
  const { session, sessionEndsAt } = sessionWithOvernight(at);
  if (session === "overnight") return { session, sessionEndsAt };
  return { session: "closed", sessionEndsAt: nextBeginning(sessionWithOvernight, "overnight", at) };
}

function nextBeginning(
  sessionOf: (at: number) => Pick<ExchangeSession, "session" | "sessionEndsAt">,
  session: MarketSession,
  after: number,
): number {
  let at = sessionOf(after).sessionEndsAt;
  while (sessionOf(at).session !== session) at = sessionOf(at).sessionEndsAt;
  return at;
}
