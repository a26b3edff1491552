import type { BrokerClient } from "../BrokerClient.ts";
import type { BrokerDeps } from "../deps.ts";
import { silentLogger } from "../deps.ts";
import type { ContractMarket } from "./contract/ContractCase.ts";
import { FakeClock } from "./FakeClock.ts";
import { ManualFeed, type ManualFeedOptions } from "./ManualFeed.ts";
import { seededRandom } from "./seededRandom.ts";

/** A clock and a feed that a test moves by hand, and what a client needs besides. */
export interface ManualMarket {
  readonly clock: FakeClock;
  readonly feed: ManualFeed;
  readonly deps: BrokerDeps;
}

/** A client in such a market, and the acts that move it. */
export interface ManualHarness<Client extends BrokerClient> extends AsyncDisposable, ManualMarket {
  readonly client: Client;
  readonly market: Pick<ContractMarket, "quote" | "print" | "until">;
}

/** A client in process, in a market made by hand; AAPL and MSFT are quoted as the contract says. */
export function createManualHarness<Client extends BrokerClient>(
  createClient: (market: ManualMarket) => Client,
  feedOptions: Omit<ManualFeedOptions, "clock"> = {},
): ManualHarness<Client> {
  const clock = new FakeClock();
  const feed = new ManualFeed({ clock, ...feedOptions });
  feed.quote("AAPL", 100, 100.02);
  feed.quote("MSFT", 200, 200.05);
  const deps = { clock, random: seededRandom(1), logger: silentLogger };
  const client = createClient({ clock, feed, deps });
  return {
    client,
    clock,
    feed,
    deps,
    market: {
      async quote(symbol, bid, ask, size) {
        await clock.advance(1);
        feed.quote(symbol, bid, ask, size);
        await clock.advance(0);
      },
      async print(symbol, price) {
        await clock.advance(1);
        feed.print(symbol, price);
        await clock.advance(0);
      },
      until: (condition) => clock.advanceUntil(condition, 10, 5_000),
    },
    async [Symbol.asyncDispose]() {
      await client.disconnect();
      await feed[Symbol.asyncDispose]();
    },
  };
}
