import type { Logger } from "pino";
import type { Desk } from "./Desk.ts";
import type { Handoffs } from "./streams/Handoffs.ts";

/** What a procedure knows of its caller before it has asked who that is. One per HTTP request or per socket. */
export interface Context {
  readonly desk: Desk;
  /** Bound to the request or the socket. */
  readonly log: Logger;
  readonly transport: "http" | "socket";
  /** An id for the next error of this request or socket, by which the log finds it. */
  nextErrorId(): string;
  /** The session cookie's value, not yet checked; null without one. */
  readonly sessionToken: string | null;
  /** The token of the Authorization header, not yet checked; null without one. Beside it a cookie counts for nothing. */
  readonly bearer: string | null;
  /** The caller's network address. */
  readonly address: string;
  readonly userAgent: string;
  /** The Origin header: of a change or a socket by a page, one that `OriginPolicy` has let in; null without one. */
  readonly origin: string | null;
  /** Bytes that were sent and the reader has not taken; 0 where there is no socket. */
  readonly backlogBytes: () => number;
  /** The socket's streams that can go round tRPC; null where there is no socket. */
  readonly handoffs: Handoffs | null;
  /** Streams that are open on this socket. */
  readonly subscriptions: { count: number };
  /** Sends a Set-Cookie header. A socket cannot carry one: there it throws. */
  setCookie(header: string): void;
}
