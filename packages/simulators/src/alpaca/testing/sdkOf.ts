import { Alpaca } from "@alpacahq/alpaca-trade-api";
import { KEY, SECRET, type Bench } from "./Bench.ts";

/** Alpaca's own SDK, as it comes from npm: only the hosts are others. */
export function sdkOf({ simulator }: Bench): Alpaca {
  const { trading, data } = simulator.endpoints;
  return new Alpaca({
    keyId: KEY,
    secret: SECRET,
    retry: false,
    fetchApi: (input, init) =>
      fetch(
        String(input).replace("https://paper-api.alpaca.markets", trading).replace("https://data.alpaca.markets", data),
        init,
      ),
  });
}
