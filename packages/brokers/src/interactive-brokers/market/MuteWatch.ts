import type { BrokerDeps } from "../../deps.ts";
import type { Gateway } from "../session/Gateway.ts";
import type { PriceLines } from "./PriceLines.ts";
import type { PriceTold } from "./Ticker.ts";

/** No line told anything for this long in the open market: it is looked into. */
const SILENT_MS = 15_000;

export interface MuteWatchOptions {
  readonly gateway: Gateway;
  readonly lines: PriceLines;
  readonly deps: Pick<BrokerDeps, "logger">;
  readonly isMarketOpen: () => boolean;
  /** What the gateway says of a symbol that is asked for by itself; undefined where it says nothing. @throws BrokerError */
  readonly ask: (symbol: string) => Promise<PriceTold | undefined>;
}

/**
 * Finds a session that answers while its price lines tell nothing. A silence proves nothing by itself, for a quiet share
 * has few prices; but where the gateway, asked by itself for the price that was told last, says another or none, the lines
 * are mute. They are asked for anew then, and again as long as nothing comes. A closed market is silent by nature.
 */
export class MuteWatch {
  readonly #options: MuteWatchOptions;
  /** Until then a silence is explained: looked into, or nothing was to be heard. */
  #checkedAt = 0;
  /** When a tick came last before the lines were found mute; null while they are not. */
  #mutedSince: number | null = null;
  #isLooking = false;

  constructor(options: MuteWatchOptions) {
    this.#options = options;
  }

  /** A tick of any line ends it. */
  get isMute(): boolean {
    return this.#mutedSince === this.#heardAt;
  }

  /** Every second; the look itself goes on by itself and never throws. */
  check(): void {
    const { gateway, lines, isMarketOpen } = this.#options;
    const now = gateway.clock.now();
    if (gateway.state.kind !== "ready" || lines.used === 0 || !isMarketOpen()) {
      this.#checkedAt = now;
      this.#mutedSince = null;
      return;
    }
    const since = Math.max(this.#heardAt, this.#checkedAt);
    if (!this.#isLooking && now - since >= SILENT_MS) void this.#look(since);
  }

  get #heardAt(): number {
    return this.#options.lines.lastTickAt ?? 0;
  }

  async #look(since: number): Promise<void> {
    const { gateway, lines, deps } = this.#options;
    this.#isLooking = true;
    try {
      if (await this.#isQuiet()) return;
      // Heard meanwhile, or closed, or gone: the next look begins anew.
      if (this.#heardAt > since || gateway.state.kind !== "ready" || this.#checkedAt > since) return;
      this.#mutedSince = this.#heardAt;
      deps.logger.warn({ lines: lines.used, heardAt: lines.lastTickAt }, "Interactive Brokers: its prices fell silent");
      await lines.restore(false);
    } catch (err) {
      deps.logger.warn({ err }, "Interactive Brokers: prices that fell silent could not be asked for anew");
    } finally {
      this.#checkedAt = gateway.clock.now();
      this.#isLooking = false;
    }
  }

  /** Whether the gateway says of the symbol that was told of last what its line said. */
  async #isQuiet(): Promise<boolean> {
    const { lines, ask } = this.#options;
    const symbol = lines.heardLast();
    if (symbol === undefined) return true;
    // Whatever refuses it: nothing was heard.
    const told = await ask(symbol).catch(() => undefined);
    const known = lines.ticker(symbol)?.view(symbol);
    return told !== undefined && known !== undefined && COMPARED.every((field) => told[field] === known[field]);
  }
}

/** Not the volume and the last price: of a snapshot they come late or not at all. */
const COMPARED = ["bid", "ask", "bidSize", "askSize"] as const satisfies readonly (keyof PriceTold)[];
