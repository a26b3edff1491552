import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { AlpacaEndpoints, AlpacaVenue } from "../../alpaca/AlpacaEndpoints.ts";
import type { AlpacaConfig, AlpacaKeys, AlpacaLiveConfig, AlpacaPaperConfig } from "../../alpaca/AlpacaTypes.ts";
import type { BrokerClient } from "../../BrokerClient.ts";
import type { ManagedConnection } from "../../BrokerManager.ts";
import type { ClientRequest } from "../../BrokerRegistry.ts";
import type {
  AccountId,
  ClientOrderId,
  ConnectionId,
  ExecutionId,
  OrderId,
  UserId,
  VenueOrderId,
} from "../../domain/ids.ts";
import type { Mode } from "../../domain/Mode.ts";
import type { GatewayAddress, IBConfig, IBLiveConfig, IBPaperConfig } from "../../interactive-brokers/IBTypes.ts";
import type { OrderIdStore } from "../../interactive-brokers/OrderIdStore.ts";
import type { MockConfig } from "../../mock/MockConfig.ts";

/** What a case is made of; it is compiled and never run. */
interface Parts {
  readonly keys: AlpacaKeys;
  readonly venue: AlpacaVenue;
  readonly simulator: Extract<AlpacaVenue, { readonly kind: "simulator" }>;
  readonly paperEndpoints: AlpacaEndpoints<"paper">;
  readonly liveEndpoints: AlpacaEndpoints<"live">;
  readonly paper: AlpacaPaperConfig;
  readonly live: AlpacaLiveConfig;
  readonly mock: MockConfig;
  readonly ibPaper: IBPaperConfig;
  readonly ibLive: IBLiveConfig;
  readonly gateway: GatewayAddress;
  readonly orderIds: OrderIdStore;
  readonly client: BrokerClient;
  readonly connection: ManagedConnection;
  readonly request: ClientRequest;
  readonly user: UserId;
  readonly account: AccountId;
  readonly connectionId: ConnectionId;
  readonly order: OrderId;
  readonly clientOrder: ClientOrderId;
  readonly venueOrder: VenueOrderId;
  readonly execution: ExecutionId;
}

const take = <Wanted>(value: Wanted): Wanted => value;

/** Addresses of one mode are not the other's, and nobody changes them. */
export function endpointsApart({ paperEndpoints, liveEndpoints, simulator }: Parts): void {
  // @ts-expect-error live addresses where paper's are meant
  take<AlpacaEndpoints<"paper">>(liveEndpoints);
  // @ts-expect-error paper's where live ones are meant
  take<AlpacaEndpoints<"live">>(paperEndpoints);
  // @ts-expect-error addresses of either
  take<AlpacaEndpoints<"live">>(take<AlpacaEndpoints>(liveEndpoints));
  // @ts-expect-error a simulator's addresses say no mode
  take<AlpacaEndpoints<"paper">>(simulator);
  // @ts-expect-error nor are they live ones
  take<AlpacaEndpoints<"live">>(simulator);
  // @ts-expect-error there are no addresses of the mock
  take<AlpacaEndpoints<"mock">>(paperEndpoints);
  // @ts-expect-error the mode of addresses never changes
  paperEndpoints.mode = "paper";
  // @ts-expect-error nor does the host
  paperEndpoints.trading = liveEndpoints.trading;
}

/** A configuration is of one mode, and real money is asked for by name. */
export function alpacaConfigsApart({ keys, venue, simulator, paper, live, mock }: Parts): void {
  // @ts-expect-error real money that nobody acknowledged
  take<AlpacaConfig>({ mode: "live", keys });
  // @ts-expect-error or did not
  take<AlpacaConfig>({ mode: "live", keys, liveAcknowledged: false });
  // @ts-expect-error or in words
  take<AlpacaConfig>({ mode: "live", keys, liveAcknowledged: "true" });
  // @ts-expect-error real money without keys
  take<AlpacaConfig>({ mode: "live", liveAcknowledged: true });
  // @ts-expect-error real money at a place of one's own
  take<AlpacaConfig>({ mode: "live", keys, liveAcknowledged: true, venue });
  // @ts-expect-error real money at a simulator
  take<AlpacaConfig>({ mode: "live", keys, liveAcknowledged: true, venue: simulator });
  // @ts-expect-error an acknowledgement in paper mode
  take<AlpacaConfig>({ mode: "paper", keys, liveAcknowledged: true });
  // @ts-expect-error paper without keys
  take<AlpacaConfig>({ mode: "paper" });
  // @ts-expect-error a venue as a text
  take<AlpacaConfig>({ mode: "paper", keys, venue: "https://api.alpaca.markets" });
  // @ts-expect-error a venue that is a live one
  take<AlpacaConfig>({ mode: "paper", keys, venue: { kind: "live" } });
  // @ts-expect-error a simulator without its addresses
  take<AlpacaConfig>({ mode: "paper", keys, venue: { kind: "simulator" } });
  // @ts-expect-error a mode that there is not
  take<AlpacaConfig>({ mode: "demo", keys });
  // @ts-expect-error another spelling of one
  take<AlpacaConfig>({ mode: "LIVE", keys, liveAcknowledged: true });
  // @ts-expect-error the mock has no keys
  take<AlpacaConfig>({ mode: "mock", keys });
  // @ts-expect-error a live configuration as paper
  take<AlpacaPaperConfig>(live);
  // @ts-expect-error a paper one as live
  take<AlpacaLiveConfig>(paper);
  // @ts-expect-error a mock one as paper
  take<AlpacaPaperConfig>(mock);
  // @ts-expect-error a mock one as live
  take<AlpacaLiveConfig>(mock);
  // @ts-expect-error a configuration's mode never changes
  paper.mode = "live";
}

/** The same of Interactive Brokers. */
export function gatewayConfigsApart({ gateway, orderIds, ibPaper, ibLive, paper, live, mock }: Parts): void {
  // @ts-expect-error real money that nobody acknowledged
  take<IBConfig>({ mode: "live", gateway, orderIds });
  // @ts-expect-error or did not
  take<IBConfig>({ mode: "live", gateway, orderIds, liveAcknowledged: false });
  // @ts-expect-error an acknowledgement in paper mode
  take<IBConfig>({ mode: "paper", gateway, orderIds, liveAcknowledged: true });
  // @ts-expect-error a gateway as a text
  take<IBConfig>({ mode: "paper", gateway: "127.0.0.1:4001", orderIds });
  // @ts-expect-error a gateway whose ids are kept nowhere
  take<IBConfig>({ mode: "paper", gateway });
  // @ts-expect-error a live configuration as paper
  take<IBPaperConfig>(ibLive);
  // @ts-expect-error a paper one as live
  take<IBLiveConfig>(ibPaper);
  // @ts-expect-error a mock one as live
  take<IBLiveConfig>(mock);
  // @ts-expect-error one broker's paper configuration for another's
  take<IBPaperConfig>(paper);
  // @ts-expect-error one broker's live configuration for another's
  take<AlpacaLiveConfig>(ibLive);
  // @ts-expect-error the other way round
  take<IBLiveConfig>(live);
  // @ts-expect-error a configuration's mode never changes
  ibPaper.mode = "live";
}

/** What is built keeps its mode and its owner. */
export function connectionsKeepTheirMode({ client, connection, request, user }: Parts): void {
  // @ts-expect-error a client's mode never changes
  client.mode = "live";
  // @ts-expect-error nor a connection's
  connection.mode = "live";
  // @ts-expect-error nor its owner
  connection.userId = user;
  // @ts-expect-error nor its client
  connection.client = client;
  // @ts-expect-error nor a request's mode
  request.mode = "live";
  // @ts-expect-error a mode is one of three
  take<Mode>("simulator");
}

/** An id of one kind is not another's. */
export function idsApart(parts: Parts): void {
  const { user, account, connectionId, order, clientOrder, venueOrder, execution } = parts;
  // @ts-expect-error an account is no connection
  take<ConnectionId>(account);
  // @ts-expect-error a connection is no account
  take<AccountId>(connectionId);
  // @ts-expect-error a person is no account
  take<AccountId>(user);
  // @ts-expect-error the broker's id of an order is not ours
  take<OrderId>(venueOrder);
  // @ts-expect-error nor the other way round
  take<VenueOrderId>(order);
  // @ts-expect-error what we send is not what we got
  take<VenueOrderId>(clientOrder);
  // @ts-expect-error an execution is no order
  take<OrderId>(execution);
  // @ts-expect-error a text is no id
  take<ClientOrderId>("tdP-1");
}

it("[W3] at least forty mixtures of modes, addresses, configurations and ids do not compile", () => {
  const cases = readFileSync(new URL(import.meta.url), "utf8").match(/^ {2}\/\/ @ts-expect-error /gm);
  expect(cases?.length).toBeGreaterThanOrEqual(40);
});
