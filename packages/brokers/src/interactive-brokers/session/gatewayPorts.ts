/** A port on which a program of Interactive Brokers listens unless it was told another. */
export interface GatewayPort {
  readonly port: number;
  /** "IB Gateway, paper" as it is installed: the port proves nothing. */
  readonly usual: string;
}

/** https://ibkrcampus.com/campus/ibkr-api-page/twsapi-doc/#tws-settings */
export const PAPER_PORTS = [
  { port: 4002, usual: "IB Gateway, paper" },
  { port: 7497, usual: "TWS, paper" },
] as const satisfies readonly GatewayPort[];
export const LIVE_PORTS = [
  { port: 4001, usual: "IB Gateway, live" },
  { port: 7496, usual: "TWS, live" },
] as const satisfies readonly GatewayPort[];
