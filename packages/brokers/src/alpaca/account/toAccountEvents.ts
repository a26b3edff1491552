import { CalendarRangeError } from "../../calendar/CalendarRangeError.ts";
import { nyMidnight } from "../../calendar/newYorkTime.ts";
import type { AccountEvent } from "../../domain/AccountEvent.ts";
import { abs, formatFixed, money, quantity, type Fixed } from "../../domain/decimal.ts";
import { moneyText } from "../../domain/moneyText.ts";
import { parseInstant } from "../rest/instant.ts";
import type { WireActivity } from "../rest/wireAccount.ts";
import { entryOf, isKnownActivity, movesShares, paysDividend, wordsOf } from "./activityWords.ts";
import { ratioOf } from "./ratioOf.ts";

export interface ReadActivities {
  /** Oldest first. */
  readonly events: readonly AccountEvent[];
  /** Kinds of which nothing could be told. */
  readonly untold: readonly string[];
}

/**
 * What a list of activities tells the account's owner, in the desk's words. A split or a new name is told once both of
 * its halves are listed, under the id of the one that took the old shares away. What was canceled is not told, and
 * nothing is made of what is not known but the cash that it moved.
 */
export function toAccountEvents(activities: readonly WireActivity[]): ReadActivities {
  const events: AccountEvent[] = [];
  const untold = new Set<string>();
  const pairs = new Map<string, WireActivity[]>();
  for (const activity of activities) {
    const { activity_type: type, activity_sub_type: subType, status } = activity;
    if (type === "FILL") continue;
    if (status === "canceled") untold.add(`${entryOf(type, subType)}, canceled`);
    else if (isHalf(activity)) {
      const key = pairKey(activity);
      pairs.set(key, [...(pairs.get(key) ?? []), activity]);
    } else {
      const event = single(activity);
      if (event !== undefined) events.push(event);
      else if (!isKnownActivity(type)) untold.add(entryOf(type, subType));
    }
  }
  for (const halves of pairs.values()) {
    const event = whole(halves);
    if (event === undefined) untold.add(`${halves[0]?.activity_type ?? ""}, not whole`);
    else if (event !== null) events.push(event);
  }
  return { events: events.toSorted((a, b) => a.at - b.at), untold: [...untold] };
}

/** A unit split brings shares of two kinds: each of its rows is told by itself. */
function isHalf({ activity_type: type, activity_sub_type: subType, symbol, qty }: WireActivity): boolean {
  const isPaired = type === "NC" || (type === "SPLIT" && subType !== "USPLIT");
  return isPaired && typeof symbol === "string" && symbol !== "" && qty !== null && qty !== 0n;
}

function pairKey({ activity_type: type, group_id: group, date, symbol, qty }: WireActivity): string {
  if (typeof group === "string" && group !== "") return `${type} ${group}`;
  // A new name has the same shares on both sides, a split the same symbol.
  return `${type} ${date ?? ""} ${type === "NC" ? formatFixed(abs(qty ?? 0n)) : (symbol ?? "")}`;
}

/** Undefined while a half of it is missing, null where it is nothing to anybody. */
function whole(halves: readonly WireActivity[]): AccountEvent | null | undefined {
  const [one, other] = halves;
  if (one === undefined || other === undefined || halves.length !== 2) return undefined;
  const [removed, added] = isRemoval(one, other) ? [one, other] : [other, one];
  const { symbol, qty: gone } = removed;
  const { symbol: newSymbol, qty: come } = added;
  if (typeof symbol !== "string" || typeof newSymbol !== "string" || gone === null || come === null) return undefined;
  const isName = removed.activity_type === "NC";
  if (gone > 0n === come > 0n || (isName ? gone !== -come : symbol !== newSymbol)) return undefined;
  const times = [instantOf(removed), instantOf(added)];
  if (times.includes(undefined)) return undefined;
  const base = {
    id: removed.id,
    at: Math.max(...times.map((at) => at ?? 0)),
  };
  if (isName) {
    // The same symbol under a new number (CUSIP).
    if (symbol === newSymbol) return null;
    const message = `${symbol} is called ${newSymbol} now: ${sharesText(-gone)} went over.`;
    return { ...base, kind: "symbol_changed", symbol, newSymbol, quantity: quantity(come), message };
  }
  const ratio = ratioOf(abs(gone), abs(come));
  const became = `${sharesText(-gone)} became ${formatFixed(abs(come))}`;
  return {
    ...base,
    kind: "split",
    symbol,
    ...ratio,
    quantityBefore: quantity(-gone),
    quantityAfter: quantity(come),
    // What is paid for a fraction is an activity of its own.
    cashInLieu: money(0n),
    message: `${symbol} split ${ratio.newShares}:${ratio.oldShares}: ${became}.`,
  };
}

/**
 * Whether it is the first of two halves that takes the old shares away: long ones by a minus, short ones by a plus. Where
 * nothing but the signs tells, the shares are taken to be long.
 */
function isRemoval(one: WireActivity, other: WireActivity): boolean {
  if (saysRemoved(one) || saysAdded(other)) return true;
  if (saysRemoved(other) || saysAdded(one)) return false;
  const [mine, yours] = [abs(one.qty ?? 0n), abs(other.qty ?? 0n)];
  const kinds = [one.activity_sub_type, other.activity_sub_type];
  const [isForward, isReverse] = [kinds.includes("FSPLIT"), kinds.includes("RSPLIT")];
  if (isForward !== isReverse && mine !== yours) return isForward ? mine < yours : mine > yours;
  return (one.qty ?? 0n) < 0n;
}

/** "REMOVE, From QTY:-10, To QTY:40, …"; "Name Change from YTEN to YTENQ" */
const saysRemoved = ({ description, symbol }: WireActivity): boolean =>
  description?.startsWith("REMOVE") === true || description?.startsWith(`Name Change from ${symbol} to `) === true;
const saysAdded = ({ description }: WireActivity): boolean => description?.startsWith("ADD") === true;

function single(activity: WireActivity): AccountEvent | undefined {
  const { id, activity_type: type, activity_sub_type: subType, qty, net_amount: amount } = activity;
  const at = instantOf(activity);
  const symbol = typeof activity.symbol === "string" && activity.symbol !== "" ? activity.symbol : null;
  if (at === undefined) return undefined;
  const entry = entryOf(type, subType);
  const words = `${activity.status === "correct" ? "Corrected: " : ""}${wordsOf(type, subType)}`;
  const cash =
    amount === null || amount === 0n ? null : `${moneyText(abs(amount))} ${amount < 0n ? "was taken" : "came in"}`;
  const isPaidInShares = type === "DIV" && subType === "SDIV" && cash === null;
  if ((movesShares(type) || isPaidInShares) && symbol !== null && qty !== null && qty !== 0n) {
    const moved = `${formatFixed(abs(qty))} of ${symbol} ${qty < 0n ? "went" : "came in"}`;
    const message = `${words}: ${moved}${cash === null ? "" : `, ${cash}`}.`;
    return { id, at, kind: "shares_booked", symbol, quantity: quantity(qty), entry, message };
  }
  if (amount === null || cash === null) return undefined;
  if (paysDividend(type) && symbol !== null) {
    const paid = moneyText(abs(amount));
    const message =
      amount < 0n
        ? `The dividend of ${symbol} was taken from the account: ${paid}.`
        : `${symbol} paid its dividend: ${paid}.`;
    return { id, at, kind: "dividend_paid", symbol, amount: money(amount), message };
  }
  const message = `${words}${symbol === null ? "" : ` of ${symbol}`}: ${cash}.`;
  return { id, at, kind: "cash_booked", symbol, amount: money(amount), entry, message };
}

/** When it was written down or, where that is not said, its date; undefined without either. Epoch milliseconds. */
function instantOf({ created_at: createdAt, date }: WireActivity): number | undefined {
  if (createdAt !== null) return createdAt;
  const exactly = parseInstant(date);
  if (exactly !== undefined) return exactly;
  try {
    return typeof date === "string" ? nyMidnight(date) : undefined;
  } catch (error) {
    if (error instanceof CalendarRangeError) return undefined;
    throw error;
  }
}

/** "100 shares", "1 share short" */
function sharesText(shares: Fixed): string {
  const count = formatFixed(abs(shares));
  return `${count} ${count === "1" ? "share" : "shares"}${shares < 0n ? " short" : ""}`;
}
