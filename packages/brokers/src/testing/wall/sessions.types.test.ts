import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { BrokerClient } from "../../BrokerClient.ts";
import type { BrokerCredentialStore } from "../../BrokerCredentialStore.ts";
import type { ClientRequest } from "../../BrokerRegistry.ts";
import { brokerSession, type BrokerSession, type StoredIntent } from "../../BrokerSession.ts";
import type { Credential, CredentialScope } from "../../credentials/CredentialScope.ts";
import type { Mode } from "../../domain/Mode.ts";
import type { OrderRequest } from "../../domain/order.ts";
import { orderIntent, type OrderIntent } from "../../OrderIntent.ts";

/** What a case is made of; it is compiled and never run. */
interface Parts {
  readonly client: BrokerClient;
  readonly request: OrderRequest;
  readonly stored: StoredIntent;
  readonly paper: BrokerSession<"paper">;
  readonly live: BrokerSession<"live">;
  readonly mock: BrokerSession<"mock">;
  readonly either: BrokerSession<"paper"> | BrokerSession<"live">;
  readonly paperIntent: OrderIntent<"paper">;
  readonly liveIntent: OrderIntent<"live">;
  readonly mockIntent: OrderIntent<"mock">;
  readonly eitherIntent: OrderIntent<"paper"> | OrderIntent<"live">;
  readonly vault: BrokerCredentialStore;
  readonly paperScope: CredentialScope<"paper">;
  readonly paperKeys: Credential<"paper">;
  readonly liveKeys: Credential<"live">;
}

const take = <Wanted>(value: Wanted): Wanted => value;

/** An intent goes into a session of its own mode. */
export async function intentsApart(parts: Parts): Promise<void> {
  const { paper, live, mock, either, paperIntent, liveIntent, mockIntent, eitherIntent, request, stored } = parts;
  // @ts-expect-error a paper intent into a live session
  await live.place(paperIntent);
  // @ts-expect-error a live one into a paper session
  await paper.place(liveIntent);
  // @ts-expect-error an invented one into a live session
  await live.place(mockIntent);
  // @ts-expect-error an invented one into a paper session
  await paper.place(mockIntent);
  // @ts-expect-error a live one into the mock
  await mock.place(liveIntent);
  // @ts-expect-error one that may be either into a live session
  await live.place(eitherIntent);
  // @ts-expect-error one of known mode into a session that may be either
  await either.place(paperIntent);
  // @ts-expect-error nor one that may be either
  await either.place(eitherIntent);
  // @ts-expect-error a request that says no mode
  await live.place(request);
  // @ts-expect-error an order as it is stored
  await live.place(stored);
  // @ts-expect-error what looks like an intent and was not made as one
  await live.place({ mode: "live", request });
}

/** A session of one mode is none of another, and none of all. */
export function sessionsApart({ client, paper, live, mock, either }: Parts): void {
  // @ts-expect-error a paper session as live
  take<BrokerSession<"live">>(paper);
  // @ts-expect-error a live one as paper
  take<BrokerSession<"paper">>(live);
  // @ts-expect-error the mock as live
  take<BrokerSession<"live">>(mock);
  // @ts-expect-error one of either as live
  take<BrokerSession<"live">>(either);
  // @ts-expect-error one that takes intents of every mode
  take<BrokerSession<Mode>>(live);
  // @ts-expect-error one that takes some of them
  take<BrokerSession<"paper" | "live">>(paper);
  // @ts-expect-error a client whose mode nobody looked at
  take<BrokerSession<"live">>(client);
  // @ts-expect-error a session made for another mode
  take<BrokerSession<"live">>(brokerSession(client, "paper"));
  // @ts-expect-error a mode that there is not
  brokerSession(client, "simulator");
  // @ts-expect-error a session's mode never changes
  paper.mode = "live";
  // @ts-expect-error nor where it sends
  paper.place = live.place;
}

/** An intent keeps the mode that it was made for. */
export function intentsKeepTheirMode({ request, paperIntent, liveIntent, mockIntent }: Parts): void {
  // @ts-expect-error a paper intent as live
  take<OrderIntent<"live">>(paperIntent);
  // @ts-expect-error a live one as paper
  take<OrderIntent<"paper">>(liveIntent);
  // @ts-expect-error an invented one as live
  take<OrderIntent<"live">>(mockIntent);
  // @ts-expect-error one made for another mode
  take<OrderIntent<"live">>(orderIntent("paper", request));
  // @ts-expect-error one that nobody made
  take<OrderIntent<"live">>({ mode: "live", request });
  // @ts-expect-error a copy with another mode
  take<OrderIntent<"live">>({ ...paperIntent, mode: "live" });
  // @ts-expect-error an intent's mode never changes
  paperIntent.mode = "live";
  // @ts-expect-error nor the order in it
  paperIntent.request = liveIntent.request;
}

/** Keys that were opened for one mode open no account of another. */
export async function credentialsApart({ vault, paperScope, paperKeys, liveKeys }: Parts): Promise<void> {
  const to = { connectionId: paperScope.connectionId, broker: "alpaca" };
  // @ts-expect-error paper keys where live ones are meant
  take<Credential<"live">>(paperKeys);
  // @ts-expect-error live ones where paper's are meant
  take<Credential<"paper">>(liveKeys);
  // @ts-expect-error a live client from paper keys
  take<ClientRequest<"live">>({ ...to, mode: "live", credentials: paperKeys });
  // @ts-expect-error a paper client from live keys
  take<ClientRequest<"paper">>({ ...to, mode: "paper", credentials: liveKeys });
  // @ts-expect-error a paper request as a live one
  take<ClientRequest<"live">>({ ...to, mode: "paper", credentials: paperKeys });
  // @ts-expect-error what a paper row holds as live keys
  take<Credential<"live">>(await vault.open(paperScope, ""));
  // @ts-expect-error a live scope in a paper row
  take<CredentialScope<"live">>(paperScope);
  // @ts-expect-error a scope's mode never changes
  paperScope.mode = "live";
}

it("[W4] sessions, intents and credentials of different modes do not compile together", () => {
  const cases = readFileSync(new URL(import.meta.url), "utf8").match(/^ {2}\/\/ @ts-expect-error /gm);
  expect(cases?.length).toBeGreaterThanOrEqual(35);
});
