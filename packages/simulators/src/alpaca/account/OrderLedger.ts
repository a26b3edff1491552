import type { Nanos } from "../wire/instant.ts";
import { isOpen, type VendorOrder } from "./VendorOrder.ts";

/** Every order that an account ever had. */
export class OrderLedger {
  readonly #orders: VendorOrder[] = [];
  readonly #byId = new Map<string, VendorOrder>();
  readonly #byClientId = new Map<string, VendorOrder>();
  readonly #byExchangeId = new Map<string, VendorOrder>();
  readonly #open = new Set<VendorOrder>();

  get nextSequence(): number {
    return this.#orders.length + 1;
  }

  /** Oldest first. */
  get orders(): readonly VendorOrder[] {
    return this.#orders;
  }

  add(order: VendorOrder): void {
    this.#orders.push(order);
    this.#byId.set(order.id, order);
    this.#byClientId.set(order.clientOrderId, order);
    if (order.exchangeId !== null) this.#byExchangeId.set(order.exchangeId, order);
    if (isOpen(order)) this.#open.add(order);
  }

  /** The order that stands for the exchange's order from now on. */
  link(order: VendorOrder, exchangeId: string): void {
    order.exchangeId = exchangeId;
    this.#byExchangeId.set(exchangeId, order);
  }

  /** Notes a change, and when it was. */
  touch(order: VendorOrder, at: Nanos): void {
    order.updatedAt = at;
    if (isOpen(order)) this.#open.add(order);
    else this.#open.delete(order);
  }

  byId(id: string): VendorOrder | undefined {
    return this.#byId.get(id);
  }

  byClientId(clientOrderId: string): VendorOrder | undefined {
    return this.#byClientId.get(clientOrderId);
  }

  byExchangeId(exchangeId: string): VendorOrder | undefined {
    return this.#byExchangeId.get(exchangeId);
  }

  /** Oldest first. */
  open(): readonly VendorOrder[] {
    return [...this.#open].toSorted((a, b) => a.sequence - b.sequence);
  }

  legs({ legIds }: VendorOrder): readonly VendorOrder[] {
    return legIds.flatMap((id) => this.#byId.get(id) ?? []);
  }

  /** The other exit of the same group. */
  sibling(order: VendorOrder): VendorOrder | undefined {
    const parent = order.parentId === null ? order : this.#byId.get(order.parentId);
    if (parent === undefined) return undefined;
    const members = [parent, ...this.legs(parent)];
    return members.find(({ id, role }) => id !== order.id && role !== null && role !== "entry" && role !== order.role);
  }
}
