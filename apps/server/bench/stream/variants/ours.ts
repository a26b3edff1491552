import { SystemClock } from "@trenddojo/brokers";
import { createStreamServer } from "../../../src/testing/createStreamServer.ts";
import type { StartVariant } from "../Variant.ts";
import { BenchSource } from "./BenchSource.ts";

/** The desk's hub behind tRPC's adapter, handed off. */
export const startOurs: StartVariant = async () => {
  const source = new BenchSource();
  const server = await createStreamServer(new SystemClock(), source);
  return {
    port: server.port,
    take: (data) => source.take(data),
    cut: () => {
      for (const socket of server.sockets) socket.terminate();
    },
  };
};
