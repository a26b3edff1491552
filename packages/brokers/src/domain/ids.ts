import { brand, type Brand } from "./brand.ts";

export type UserId = Brand<string, "UserId">;
/** The desk's id of one connection to one broker. */
export type ConnectionId = Brand<string, "ConnectionId">;
/** The desk's id of one account at a broker. */
export type AccountId = Brand<string, "AccountId">;
/** The desk's id of an order. */
export type OrderId = Brand<string, "OrderId">;
/** The id that we send with an order; at most 32 characters, its prefix tells the mode. */
export type ClientOrderId = Brand<string, "ClientOrderId">;
/** The id that the broker gave an order (the spec's `orderId`). */
export type VenueOrderId = Brand<string, "VenueOrderId">;
/** The broker's id of one execution; unique within an account. */
export type ExecutionId = Brand<string, "ExecutionId">;

/** An id was empty, too long, or had characters outside printable ASCII. */
export class IdError extends RangeError {
  override readonly name = "IdError";
}

const PRINTABLE = /^[\x21-\x7e]{1,128}$/;

function checked<Id>(text: string, maxLength = 128): Id {
  if (!PRINTABLE.test(text) || text.length > maxLength) {
    throw new IdError(`an id has 1 to ${maxLength} printable ASCII characters without spaces`);
  }
  return brand(text);
}

/** Each constructor throws IdError. */
export const userId = (text: string): UserId => checked(text);
export const connectionId = (text: string): ConnectionId => checked(text);
export const accountId = (text: string): AccountId => checked(text);
export const orderId = (text: string): OrderId => checked(text);
export const clientOrderId = (text: string): ClientOrderId => checked(text, 48);
export const venueOrderId = (text: string): VenueOrderId => checked(text);
export const executionId = (text: string): ExecutionId => checked(text);
