// The risk gate alone, over a large account: `node --import tsx bench/riskGate.ts`. One JSON line a figure.
import { evaluateRisk, DEFAULT_RISK_LIMITS, type RiskInput } from "../src/rules/index.ts";
import { clientOrderId } from "../src/domain/ids.ts";
import { money, parseFixed } from "../src/domain/decimal.ts";
import { marketData, parsedOrder } from "../src/testing/builders.ts";

const JUDGED = 5_000;
const POSITIONS = 200;
const OPEN_ORDERS = 1_000;
const NOW = 1_000_000;
const symbolOf = (index: number): string => `S${index % POSITIONS}`;

/** 200 positions, 1,000 open orders and a minute of 59 others, none of which is the order itself. */
const input: RiskInput = {
  order: parsedOrder({ symbol: "S7", type: "limit", price: parseFixed(100) }),
  limits: { ...DEFAULT_RISK_LIMITS, maxPositionFraction: 10, maxExposureFraction: 10 },
  symbols: new Map([
    ["S7", { isBlocked: false, maxOrderValue: money("50000"), maxOrderQuantity: null, maxPositionFraction: 5 }],
  ]),
  tradingState: "ACTIVE",
  now: NOW,
  quote: marketData("S7", { receivedAt: NOW }),
  positions: Array.from({ length: POSITIONS }, (_, index) => ({
    symbol: symbolOf(index),
    quantity: parseFixed(10),
    price: parseFixed(100),
  })),
  openOrders: Array.from({ length: OPEN_ORDERS }, (_, index) => ({
    symbol: symbolOf(index),
    side: index % 2 === 0 ? "buy" : "sell",
    remaining: parseFixed(1),
    price: parseFixed(99),
  })),
  recentOrders: Array.from({ length: 59 }, (_, index) => ({
    ...parsedOrder({ clientOrderId: clientOrderId(`recent-${index}`), symbol: symbolOf(index + 50) }),
    at: NOW - index * 1_000,
  })),
  equity: parseFixed(1_000_000),
  startOfDayEquity: parseFixed(1_000_000),
  buyingPower: parseFixed(1_000_000),
  session: { isOpen: true, nextOpenAt: null },
};

const times: number[] = [];
/** What the machine spent on it, whatever else it was busy with. */
const cpuTimes: number[] = [];
for (let index = 0; index < 2 * JUDGED; index += 1) {
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  if (evaluateRisk(input).length > 0) throw new Error("the order should pass");
  // The first half warms up.
  if (index < JUDGED) continue;
  times.push(performance.now() - startedAt);
  const { user, system } = process.cpuUsage(cpuBefore);
  cpuTimes.push((user + system) / 1_000);
}
const result = {
  name: "risk gate, every rule, 200 positions and 1,000 open orders (p99)",
  unit: "ms",
  value: at(times, 0.99),
  p50: at(times, 0.5),
  cpuP99: at(cpuTimes, 0.99),
  judged: JUDGED,
};
process.stdout.write(`${JSON.stringify(result)}\n`);

function at(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.floor(fraction * sorted.length)] ?? 0).toFixed(3));
}
