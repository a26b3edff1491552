import type { SimulatedAccount } from "../account/SimulatedAccount.ts";
import { bookingJson, fillJson } from "../wire/activityJson.ts";
import { ApiRefusal } from "../wire/ApiRefusal.ts";
import { millisOf, type Nanos } from "../wire/instant.ts";
import { choice, count, instant, list } from "./queryFields.ts";
import type { ApiRequest } from "./Route.ts";

const LARGEST_PAGE = 100;
const DAY_NANOS = 86_400_000_000_000n;
/** Words for several types at once, as the ActivityType of the OpenAPI document has them. */
const CASH: readonly string[] = ["CSD", "CSW"];

interface Row {
  readonly id: string;
  readonly type: string;
  /** When it was made: what dates ask for, and the order of the rows. */
  readonly at: Nanos;
  readonly json: object;
}

/** What happened to an account, newest first unless asked otherwise. @throws ApiRefusal */
export function activities({ account, query }: ApiRequest, ofPath: readonly string[]): readonly object[] {
  const types = [...ofPath, ...list(query, "activity_types")];
  if (types.length > 0 && query.has("category")) {
    throw new ApiRefusal(422, 40010001, "category cannot be used with activity_types");
  }
  const category = query.has("category")
    ? choice(query, "category", ["trade_activity", "non_trade_activity"], "trade_activity")
    : null;
  const direction = choice(query, "direction", ["asc", "desc"], "desc");
  const rows = withinDates(rowsOf(account), query).filter(({ type }) =>
    category === null
      ? types.length === 0 || types.some((asked) => isOf(asked, type))
      : (type === "FILL") === (category === "trade_activity"),
  );
  const ordered = direction === "asc" ? rows : rows.toReversed();
  const token = query.get("page_token");
  const held = token === null ? -1 : ordered.findIndex(({ id }) => id === token);
  const size = count(query, "page_size", LARGEST_PAGE, LARGEST_PAGE);
  return ordered.slice(held + 1, held + 1 + size).map(({ json }) => json);
}

/** Oldest first. */
function rowsOf(account: SimulatedAccount): readonly Row[] {
  const fills = account.fills.map((fill) => ({ id: fill.id, type: "FILL", at: fill.at, json: fillJson(fill) }));
  const bookings = account.bookings
    .madeBy(account.now())
    .map((booking) => ({ ...booking, at: booking.createdAt, json: bookingJson(booking) }));
  return [...fills, ...bookings].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function isOf(asked: string, type: string): boolean {
  if (asked === "TRANS") return CASH.includes(type);
  if (asked === "MISC") return type !== "FILL" && type !== "DIV" && !CASH.includes(type);
  return asked === type;
}

function withinDates(rows: readonly Row[], query: URLSearchParams): readonly Row[] {
  const date = instant(query, "date");
  const after = instant(query, "after") ?? (date === null ? null : date - 1n);
  const until = instant(query, "until") ?? (date === null ? null : date + DAY_NANOS);
  return rows.filter(({ at }) => (after === null || at > after) && (until === null || millisOf(at) < millisOf(until)));
}
