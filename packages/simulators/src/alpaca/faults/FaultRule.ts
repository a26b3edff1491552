import { z } from "zod";

const ms = z.number().min(0).max(3_600_000);
const when = z.enum(["before", "after"]);

/** What goes wrong with a request; `when` says whether the account has taken it by then. */
const requestAct = z.discriminatedUnion("kind", [
  /** The answer comes late. Before: the account takes the request late, too. */
  z.object({ kind: z.literal("delay"), when, ms }),
  /** The connection is cut without an answer. */
  z.object({ kind: z.literal("drop"), when }),
  /** Another answer than the account's. */
  z.object({
    kind: z.literal("answer"),
    when,
    status: z.int().min(200).max(599),
    body: z.string().default(""),
    headers: z.record(z.string(), z.string()).default({}),
    /** Whether it has the X-RateLimit headers. */
    withRateLimit: z.boolean().default(true),
  }),
  /** The account's answer, cut off after so many bytes, with the length of the whole in its header. */
  z.object({ kind: z.literal("truncate"), bytes: z.int().min(0) }),
]);

/** What goes wrong with a socket as it is opened. */
const handshakeAct = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("refuse"), status: z.int().min(400).max(599), body: z.string().default("") }),
  z.object({ kind: z.literal("drop") }),
]);

/** What goes wrong with a message that a socket is about to send. */
const messageAct = z.discriminatedUnion("kind", [
  /** This one and all after it are kept back; the socket stays open and answers pings. */
  z.object({ kind: z.literal("mute") }),
  z.object({ kind: z.literal("duplicate") }),
  /** It changes places with the next one. */
  z.object({ kind: z.literal("swap") }),
  z.object({ kind: z.literal("skip") }),
  z.object({ kind: z.literal("delay"), ms }),
  /** Instead of it this is sent, as it is: half a message, HTML, a number that is too long. */
  z.object({ kind: z.literal("text"), text: z.string() }),
  /** Instead of it the socket is closed, or, with code 1006, cut. */
  z.object({ kind: z.literal("close"), code: z.int().min(1000).max(4999) }),
  /** Fields are left out of it, as the vendor leaves channels out of a subscription's list. */
  z.object({ kind: z.literal("omit"), fields: z.array(z.string()).min(1) }),
]);

const counted = {
  /** The how-many-eth match it begins with. */
  nth: z.int().min(1).default(1),
  /** How many matches it holds for. */
  times: z.int().min(1).default(1),
};

export const faultRuleSchema = z.discriminatedUnion("on", [
  z.object({
    on: z.literal("request"),
    method: z.string().optional(),
    /** As the OpenAPI documents write it, "/v2/orders/{order_id}", or ending in "*". */
    path: z.string().optional(),
    ...counted,
    do: requestAct,
  }),
  z.object({
    on: z.literal("handshake"),
    stream: z.enum(["trading", "data"]).optional(),
    ...counted,
    do: handshakeAct,
  }),
  z.object({
    on: z.literal("message"),
    stream: z.enum(["trading", "data"]),
    /** The kind of message: an event of trade_updates, "authorization", "listening"; or a T of market data. */
    type: z.string().optional(),
    ...counted,
    do: messageAct,
  }),
]);

/** One line of a fault script; README.md of the package says more. */
export type FaultRule = z.infer<typeof faultRuleSchema>;
/** A rule as it is written: `nth` and `times` are 1 where they are left out. */
export type FaultRuleInput = z.input<typeof faultRuleSchema>;
export type RequestAct = z.infer<typeof requestAct>;
export type HandshakeAct = z.infer<typeof handshakeAct>;
export type MessageAct = z.infer<typeof messageAct>;
