import { CHANNEL_OF, CHANNELS, type Channel, type StreamMessage } from "../market/streamMessages.ts";

export type ChannelLists = Readonly<Partial<Record<Channel, readonly string[]>>>;

const ALL = "*";

/** What one client of the market-data stream is subscribed to. */
export class Subscriptions {
  readonly #symbols = new Map<Channel, ReadonlySet<string>>(CHANNELS.map((channel) => [channel, new Set()]));
  readonly #limit: number;

  /** @param limit symbols with trades or quotes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** False, and nothing changed, where there would be too many. */
  add(lists: ChannelLists): boolean {
    const wanted = (channel: Channel): ReadonlySet<string> =>
      new Set([...this.#of(channel), ...(lists[channel] ?? [])]);
    const counted = new Set([...wanted("trades"), ...wanted("quotes")]);
    if (counted.size > this.#limit || (counted.has(ALL) && Number.isFinite(this.#limit))) return false;
    for (const channel of CHANNELS) this.#symbols.set(channel, wanted(channel));
    return true;
  }

  remove(lists: ChannelLists): void {
    for (const channel of CHANNELS) {
      const removed = lists[channel] ?? [];
      this.#symbols.set(channel, new Set([...this.#of(channel)].filter((symbol) => !removed.includes(symbol))));
    }
  }

  wants(message: StreamMessage): boolean {
    const symbols = this.#of(CHANNEL_OF[message.T]);
    return symbols.has(message.S) || symbols.has(ALL);
  }

  /** The whole set; corrections and cancel errors follow the trades. */
  message(): Readonly<Record<string, unknown>> {
    const lists = Object.fromEntries(CHANNELS.map((channel) => [channel, [...this.#of(channel)]]));
    const trades = [...this.#of("trades")];
    return { T: "subscription", ...lists, corrections: trades, cancelErrors: trades };
  }

  #of(channel: Channel): ReadonlySet<string> {
    return this.#symbols.get(channel) ?? new Set();
  }
}
