import { endpointsOf, type AlpacaVenue } from "./AlpacaEndpoints.ts";

/**
 * The simulator that serves everything at one address, "http://127.0.0.1:4711", as `pnpm sim alpaca` does.
 * @throws BrokerError NOT_SUPPORTED where that is not on a loopback address.
 */
export function alpacaSimulatorAt(address: string): AlpacaVenue {
  const origin = address.replace(/\/$/, "");
  const streams = origin.replace(/^http:/, "ws:");
  const venue = {
    kind: "simulator",
    trading: origin,
    tradingStream: `${streams}/stream`,
    data: origin,
    dataStream: streams,
  } as const;
  endpointsOf("paper", venue);
  return venue;
}
