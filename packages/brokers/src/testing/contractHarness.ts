import type { BrokerClient } from "../BrokerClient.ts";
import { sessionAt } from "../calendar/sessionAt.ts";
import { sessionWithOvernight } from "../calendar/sessionWithOvernight.ts";
import { money, quantity } from "../domain/decimal.ts";
import type { MarketSession } from "../domain/marketData.ts";
import { DEFAULT_RISK_POLICY, type RiskPolicy } from "../paper/PaperConfig.ts";
import type { BrokerContractHarness } from "./contract/ContractCase.ts";
import type { FakeClock } from "./FakeClock.ts";
import { createManualHarness, type ManualMarket } from "./manualHarness.ts";

export interface ContractHarnessParts<Client extends BrokerClient> {
  /** Called again for each new process that a test acts out. */
  readonly createClient: (market: ManualMarket & { readonly riskPolicy: () => RiskPolicy }) => Client;
  readonly breakConnection: (client: Client) => Promise<void>;
  readonly holdAnswers?: () => () => void;
}

/** Limits that hold back nothing, so that the broker's own rules speak. */
export const WITHOUT_RISK_LIMITS: RiskPolicy = {
  tradingState: "ACTIVE",
  limits: {
    ...DEFAULT_RISK_POLICY.limits,
    maxOrderValue: money("1000000000"),
    maxOrderQuantity: quantity("1000000"),
    maxPositionFraction: 1_000,
    maxExposureFraction: 1_000,
    maxOrdersPerMinute: 1_000,
    duplicateWindowMs: 0,
  },
};
/** Longer than a session's loop sleeps, so that it has seen the time that it woke up in. */
const NOTICED_MS = 1_000;

/** A client in process, held to the contract in a market made by hand that keeps the exchange's hours. */
export function createContractHarness<Client extends BrokerClient>({
  createClient,
  breakConnection,
  holdAnswers,
}: ContractHarnessParts<Client>): BrokerContractHarness {
  let policy = DEFAULT_RISK_POLICY;
  const riskPolicy = (): RiskPolicy => policy;
  const manual = createManualHarness((market) => createClient({ ...market, riskPolicy }), { alwaysOpen: false });
  const { client, clock, feed, deps } = manual;
  const reopened: Client[] = [];
  return {
    client,
    market: {
      ...manual.market,
      advance: (ms) => clock.advance(ms),
      tell: async (news) => {
        feed.tell(news);
        await clock.advance(0);
      },
      enter: (session) => enterSession(clock, session),
    },
    broker: {
      breakConnection: () => breakConnection(client),
      liftRiskLimits: () => {
        policy = WITHOUT_RISK_LIMITS;
      },
      holdAnswers: holdAnswers ?? null,
      reopen: async () => {
        await (reopened.at(-1) ?? client).disconnect();
        const next = createClient({ clock, feed, deps, riskPolicy });
        reopened.push(next);
        await next.connect();
        return next;
      },
    },
    async [Symbol.asyncDispose]() {
      for (const each of reopened) await each.disconnect();
      await manual[Symbol.asyncDispose]();
    },
  };
}

/** Sets the clock to the next beginning of `session`; a night is not lived through second by second. */
async function enterSession(clock: FakeClock, session: MarketSession): Promise<void> {
  clock.setWallTime(nextBeginning(clock.now(), session));
  await clock.advance(NOTICED_MS);
}

/** When a session begins next at the exchange, or, overnight, at those who trade through the night. Epoch milliseconds. */
export function nextBeginning(now: number, session: MarketSession): number {
  const sessionOf = session === "overnight" ? sessionWithOvernight : sessionAt;
  let at = now;
  do at = sessionOf(at).sessionEndsAt;
  while (sessionOf(at).session !== session);
  return at;
}
