import { streaming } from "@alpacahq/alpaca-trade-api";
import type { Codec } from "./alpacaFrames.ts";

/**
 * The price stream of Alpaca's own client, unmodified. It always speaks msgpack; the class that it is made of also reads
 * JSON, by the same steps, and is told here to do so where JSON is to be compared with JSON.
 */
export function ownPriceStream(
  codec: Codec,
  options: Partial<streaming.StockDataStreamOptions> = {},
): streaming.StockDataStream {
  const stream = new streaming.StockDataStream({
    credentials: { keyId: "key", secret: "secret" },
    pingIntervalMs: 0,
    reconnect: false,
    ...options,
  });
  if (codec === "json") Object.assign(stream, { codec });
  return stream;
}
