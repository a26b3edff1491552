import { SystemClock } from "@trenddojo/brokers";
import type { MarketData } from "@trenddojo/brokers/domain";
import { AlpacaClient, seededRandom, silentLogger } from "@trenddojo/brokers/testing";
import type { QuoteSource } from "../../../src/streams/QuoteSource.ts";
import type { SimulatedVenue } from "./simulatedVenue.ts";

/** The upstream of a hub as it is in a desk: our Alpaca client on a socket. It counts the ticks that the hub is told. */
export class AlpacaSource implements QuoteSource {
  readonly #client: AlpacaClient;
  #told = 0;

  constructor(client: AlpacaClient) {
    this.#client = client;
  }

  /** @throws BrokerError where it cannot be reached */
  static async connect(venue: SimulatedVenue): Promise<AlpacaSource> {
    const client = new AlpacaClient(
      { mode: "paper", keys: { keyId: "key", secretKey: "secret" }, venue, codec: "json" },
      { clock: new SystemClock(), random: seededRandom(1), logger: silentLogger },
    );
    await client.connect();
    return new AlpacaSource(client);
  }

  get told(): number {
    return this.#told;
  }

  async subscribe(symbol: string, listener: (data: MarketData) => void): Promise<() => void> {
    return this.#client.subscribeToMarketData(symbol, (data) => {
      this.#told += 1;
      listener(data);
    });
  }

  isMarketOpen(): boolean {
    return true;
  }
}
