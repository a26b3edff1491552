import { z } from "zod";

const ms = z.number().min(0).max(3_600_000);
const code = z.int().min(1).max(99_999);
const message = z.string().max(500);

/** What may happen to the gateway or to a connection, whatever set it off. */
const gatewayActs = [
  /** To every client, or to the one at hand: 1100, 1101, 1102, 2110 and their like, as id -1. */
  z.object({ kind: z.literal("say"), code, message: message.optional() }),
  /** Cuts every socket (RST), is away for a while, and comes back with ids that are older by so many. */
  z.object({
    kind: z.literal("restart"),
    downMs: ms.default(0),
    rollBackIds: z.int().min(0).max(10_000).default(0),
  }),
  /** Cuts the socket (RST). */
  z.object({ kind: z.literal("reset") }),
  /** Ends the connection in good order (FIN). */
  z.object({ kind: z.literal("close") }),
  /** The socket stays open; nothing is read or said any more. */
  z.object({ kind: z.literal("freeze") }),
] as const;

/** What goes wrong with a connection as it is opened. */
const connectAct = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("refuse") }),
  /** Accepted, and never answered. */
  z.object({ kind: z.literal("silence") }),
  /** Everything is sent a byte at a time. */
  z.object({ kind: z.literal("bytewise") }),
  /** The hello is answered with this version, whatever the client asked for. */
  z.object({ kind: z.literal("version"), version: z.int().min(0).max(10_000) }),
  /** 326: the client id is in use. */
  z.object({ kind: z.literal("busy") }),
]);

/** What goes wrong with a request. */
const requestAct = z.discriminatedUnion("kind", [
  /** Never taken, never answered: a dropped order. */
  z.object({ kind: z.literal("ignore") }),
  /** Refused with this error on its id: 322, 162, 354. */
  z.object({ kind: z.literal("error"), code, message: message.optional() }),
  /** Taken late. */
  z.object({ kind: z.literal("delay"), ms }),
  /** Of a cancel: the order fills at the market's price first, after PendingCancel was said. */
  z.object({ kind: z.literal("fill") }),
  /** Taken, and what it leads to at once is not told. */
  z.object({ kind: z.literal("mute") }),
  /** Taken first, and then what befalls the gateway. */
  z.object({ kind: z.literal("after"), do: z.discriminatedUnion("kind", [...gatewayActs]) }),
  ...gatewayActs,
]);

/** What goes wrong with a message that is about to be sent. */
const replyAct = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("duplicate") }),
  /** It changes places with the next one. */
  z.object({ kind: z.literal("swap") }),
  z.object({ kind: z.literal("skip") }),
  z.object({ kind: z.literal("delay"), ms }),
  /** Instead of it come these bytes, as they are, in hexadecimal. */
  z.object({ kind: z.literal("bytes"), hex: z.string().regex(/^([0-9a-f]{2})*$/) }),
  ...gatewayActs,
]);

const counted = {
  /** Of one client; of any where absent. */
  clientId: z.int().optional(),
  /** The how-many-eth match it begins with. */
  nth: z.int().min(1).default(1),
  /** How many matches it holds for. */
  times: z.int().min(1).default(1),
};

export const twsFaultRuleSchema = z.discriminatedUnion("on", [
  z.object({ on: z.literal("connect"), ...counted, do: connectAct }),
  z.object({
    on: z.literal("request"),
    /** "placeOrder", "reqExecutions"; any where absent. */
    request: z.string().optional(),
    ...counted,
    do: requestAct,
  }),
  z.object({
    on: z.literal("reply"),
    /** "orderStatus", "execDetails", "tickPrice"; any where absent. */
    reply: z.string().optional(),
    /** Of an orderStatus or openOrder with this status alone. */
    status: z.string().optional(),
    ...counted,
    do: replyAct,
  }),
  /** Once, so long after the rule was added. */
  z.object({ on: z.literal("time"), afterMs: ms, do: z.discriminatedUnion("kind", [...gatewayActs]) }),
]);

/** One line of a fault script; README.md of the package says more. */
export type TwsFaultRule = z.infer<typeof twsFaultRuleSchema>;
/** A rule as it is written: `nth` and `times` are 1 where they are left out. */
export type TwsFaultRuleInput = z.input<typeof twsFaultRuleSchema>;
export type ConnectAct = z.infer<typeof connectAct>;
export type RequestAct = z.infer<typeof requestAct>;
export type ReplyAct = z.infer<typeof replyAct>;
export type GatewayAct = Extract<TwsFaultRule, { readonly on: "time" }>["do"];
