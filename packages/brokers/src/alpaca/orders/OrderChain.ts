import type { Fixed } from "../../domain/decimal.ts";
import type { GroupRole } from "../../domain/order.ts";
import type { WireLeg } from "../rest/wireOrder.ts";
import { isEndedStatus, isKnownStatus } from "./wireStatus.ts";

/** An order in these states cannot have filled anything itself. */
const NOT_BEGUN: readonly string[] = ["pending_new", "accepted", "accepted_for_bidding", "pending_replace"];

/**
 * One order as its owner sees it, and the orders at Alpaca that it has been: each replacement there is a new order with
 * ids of its own. Outwards it keeps the ids of the first.
 */
export class OrderChain {
  /** Oldest first; each is as it was told last. Never empty. */
  readonly #members: [WireLeg, ...WireLeg[]];
  /**
   * Alpaca does not say whether the order that replaces a partly filled one counts its fills; but what has fills before
   * it works has them from there.
   */
  readonly #carried = new Map<string, Fixed>();
  /** The group that it belongs to, where it is not alone. */
  group: { readonly id: string; readonly role: GroupRole } | null = null;
  /** What its group waits for; null where it stands alone, or in a group without an entry. */
  entry: OrderChain | null = null;
  /** A state that Alpaca reported and this version does not know; null once a known one follows. */
  unknownStatus: string | null = null;

  constructor(first: WireLeg) {
    this.#members = [first];
    if (!isKnownStatus(first.status)) this.unknownStatus = first.status;
  }

  /** The first one: its ids are the order's. */
  get root(): WireLeg {
    return this.#members[0];
  }

  /** The one that works now: the newest that has come into being and was not refused because the one before had filled. */
  get head(): WireLeg {
    const last = this.#members.at(-1) ?? this.root;
    const found = this.#members.findLast((member, index) => {
      const before = this.#members[index - 1];
      if (before === undefined || before.status === "replaced") return true;
      return member.status !== "rejected" && !NOT_BEGUN.includes(member.status);
    });
    return found ?? last;
  }

  /** A replacement was taken by Alpaca and has not come into being. */
  get isBeingReplaced(): boolean {
    const last = this.#members.at(-1) ?? this.root;
    return last !== this.head && NOT_BEGUN.includes(last.status);
  }

  get members(): readonly WireLeg[] {
    return this.#members;
  }

  get hasEnded(): boolean {
    const { status, replaced_by: next } = this.head;
    const goesOn = status === "replaced" && typeof next === "string" && next !== "";
    return this.unknownStatus === null && isEndedStatus(status) && !goesOn && !this.isBeingReplaced;
  }

  /**
   * Takes what Alpaca says of one member, or a new member at the end; what is older than what is known is left.
   * @returns whether anything was taken.
   */
  take(wire: WireLeg): boolean {
    const index = this.#members.findIndex(({ id }) => id === wire.id);
    const known = this.#members[index];
    if (known !== undefined && !isNewer(known, wire)) return false;
    if (!isKnownStatus(wire.status)) {
      this.unknownStatus = wire.status;
      return known !== undefined;
    }
    this.unknownStatus = null;
    if (known !== undefined) this.#members[index] = wire;
    else {
      if (NOT_BEGUN.includes(wire.status)) this.#carried.set(wire.id, wire.filled_qty);
      this.#members.push(wire);
    }
    return true;
  }

  /** Shares that a member counts as filled and that one before it had filled. */
  carriedBy({ id }: WireLeg): Fixed {
    return this.#carried.get(id) ?? 0n;
  }

  /** Puts an order before the first, which replaced it. */
  precede(wire: WireLeg): void {
    this.#members.unshift(wire);
  }

  /** Shares that the members before the one that works have filled. */
  filledBefore(member: WireLeg): Fixed {
    let filled = 0n;
    for (const each of this.#members) {
      if (each.id === member.id) break;
      filled += each.filled_qty - this.carriedBy(each);
    }
    return filled;
  }
}

/** Events overtake each other around a reconnect: filled shares never fall, and an end stays an end. */
function isNewer(known: WireLeg, wire: WireLeg): boolean {
  if (wire.filled_qty !== known.filled_qty) return wire.filled_qty > known.filled_qty;
  if (isEndedStatus(known.status) !== isEndedStatus(wire.status)) return isEndedStatus(wire.status);
  return (wire.updated_at ?? 0) >= (known.updated_at ?? 0);
}
