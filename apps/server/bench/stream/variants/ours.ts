import { SystemClock } from "@trenddojo/brokers";
import { createStreamServer } from "../../../src/testing/createStreamServer.ts";
import type { QuoteSource } from "../../../src/streams/QuoteSource.ts";
import type { RunningVariant, StartVariant } from "../Variant.ts";
import { BenchSource } from "./BenchSource.ts";

/** The desk's hub behind tRPC's adapter, handed off. */
export const startOurs: StartVariant = async () => {
  const source = new BenchSource();
  return { ...(await serveHub(source)), take: (data) => source.take(data) };
};

/** The same with prices from somewhere else. */
export async function serveHub(source: QuoteSource): Promise<Omit<RunningVariant, "take">> {
  const server = await createStreamServer(new SystemClock(), source);
  return {
    port: server.port,
    cut: () => {
      for (const socket of server.sockets) socket.terminate();
    },
  };
}
