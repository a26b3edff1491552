import { FakeClock } from "@trenddojo/brokers/testing";
import { describe, expect, it } from "vitest";
import { Tickets } from "./Tickets.ts";

describe("tickets", () => {
  it("[TK1] are good once, for their session, within 30 s", async () => {
    const clock = new FakeClock();
    const tickets = new Tickets(clock);
    const ticket = tickets.issue("s1");
    expect(ticket).toMatch(/^[\w-]{43}$/);
    expect(tickets.redeem(ticket, "s1")).toBe(true);
    expect(tickets.redeem(ticket, "s1")).toBe(false);
    expect(tickets.redeem(tickets.issue("s1"), "s2")).toBe(false);
    const late = tickets.issue("s1");
    await clock.advance(30_000);
    expect(tickets.redeem(late, "s1")).toBe(false);
  });
});
