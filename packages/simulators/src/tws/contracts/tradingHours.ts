import { CalendarRangeError, marketDay, nyMidnight } from "@trenddojo/brokers";
import { easternDate, easternMinute } from "../easternTime.ts";

/** Days that TWS tells ahead, today included. */
const DAYS = 6;
/** Longer than any day and shorter than two: from a midnight into the middle of the next day. */
const INTO_NEXT_DAY_MS = 36 * 3_600_000;

export interface HoursTexts {
  /** With extended hours. */
  readonly tradingHours: string;
  /** The regular session. */
  readonly liquidHours: string;
}

/** The hours of the next days as TWS writes them, "20260420:0930-20260420:1600;20260421:CLOSED", on New York's clock. */
export function hoursTexts(at: number, alwaysOpen: boolean): HoursTexts {
  const days = nextDays(at);
  if (alwaysOpen) {
    const text = days.map((day) => `${dense(day)}:0000-${dense(dayAfter(day))}:0000`).join(";");
    return { tradingHours: text, liquidHours: text };
  }
  return {
    tradingHours: days.map((day) => spanOf(day, "extended")).join(";"),
    liquidHours: days.map((day) => spanOf(day, "regular")).join(";"),
  };
}

function spanOf(day: string, hours: "regular" | "extended"): string {
  const { sessions } = marketDay(day);
  if (sessions === null) return `${dense(day)}:CLOSED`;
  const [from, to] =
    hours === "regular" ? [sessions.opensAt, sessions.closesAt] : [sessions.preOpensAt, sessions.postClosesAt];
  return `${pointOf(from)}-${pointOf(to)}`;
}

function pointOf(at: number): string {
  return `${easternDate(at)}:${easternMinute(at).replace(":", "")}`;
}

function nextDays(at: number): readonly string[] {
  const days: string[] = [];
  try {
    for (let day = isoOf(easternDate(at)); days.length < DAYS; day = dayAfter(day)) days.push(day);
  } catch (error) {
    if (!(error instanceof CalendarRangeError)) throw error;
  }
  return days;
}

function dayAfter(day: string): string {
  return isoOf(easternDate(nyMidnight(day) + INTO_NEXT_DAY_MS));
}

const isoOf = (date: string): string => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
const dense = (day: string): string => day.replaceAll("-", "");
