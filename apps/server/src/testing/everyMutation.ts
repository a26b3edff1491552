import { randomUUID } from "node:crypto";
import { SystemClock } from "@trenddojo/brokers";
import type { BrokerCredentials } from "@trenddojo/brokers";
import { codeAt } from "../auth/totp.ts";
import type { TestClient } from "./createTestClient.ts";
import { OWNER } from "./people.ts";
import type { SoftAuthenticator } from "./SoftAuthenticator.ts";

const CLOCK = new SystemClock();
const LIMIT = { type: "limit", symbol: "AAPL", side: "buy", quantity: "3", price: "1.00", timeInForce: "gtc" } as const;
const CODE_MS = 30_000;
const NEW_PASSWORD = "yet another four words";
const SYMBOL_LIMIT = {
  symbol: "AAPL",
  isBlocked: false,
  maxOrderValue: null,
  maxOrderQuantity: "1000",
  maxPositionFraction: null,
} as const;

interface Parts {
  /** Signed in, with the password of `OWNER`. */
  readonly owner: TestClient;
  /** Nobody yet. */
  readonly fresh: TestClient;
  readonly guest: TestClient;
  readonly accountId: string;
  readonly connectionId: string;
  /** A resting order of the owner's for one share. */
  readonly orderId: string;
  readonly alertId: string;
  readonly driftId: string;
  readonly webhookUrl: string;
  /** A connection of real money, and keys that open the same account. */
  readonly live: { readonly connectionId: string; readonly credentials: BrokerCredentials };
  /** Whose page all three clients are on. */
  readonly passkey: SoftAuthenticator;
}

/** What writes no row, for it stores nothing: it hands out a question or a ticket, and what answers it is on record. */
export const MUTATIONS_WITHOUT_ROW = [
  "auth.webSocketTicket",
  "passkeys.beginRegistration",
  "passkeys.beginSignIn",
  "passkeys.beginStepUp",
] as const;

/**
 * Each other mutation of the router but `auth.setUp` and `live.disarm`, which does not wait for its row, with an input that it takes, by path, to be made in this order: some need what those before
 * them did. One that fails may be made again.
 */
export async function everyMutation(parts: Parts): Promise<Readonly<Record<string, () => Promise<unknown>>>> {
  const { owner, fresh, guest, accountId, connectionId, orderId, alertId, driftId, webhookUrl, live, passkey } = parts;
  const { api } = owner;
  const { base: limits } = await api.risk.policy.query({ accountId });
  let [added, token, appSecret] = ["", "", ""];
  let codes = 0;
  let invitation = { id: "", token: "" };
  const idOf = async (name: string) =>
    (await api.auth.users.query()).find(({ username }) => username === name)?.id ?? "";
  return {
    "auth.signIn": () => fresh.api.auth.signIn.mutate(OWNER),
    "auth.signOut": () => fresh.api.auth.signOut.mutate(),
    "auth.createUser": () =>
      api.auth.createUser.mutate({ username: "late", password: "words of a late comer", role: "viewer" }),
    "people.invite": async () => {
      invitation = await api.people.invite.mutate({ role: "viewer" });
    },
    "people.revokeInvitation": async () => {
      await api.people.revokeInvitation.mutate({ id: invitation.id });
      invitation = await api.people.invite.mutate({ role: "viewer" });
    },
    "people.accept": () =>
      guest.api.people.accept.mutate({
        token: invitation.token,
        username: "guest",
        password: "words of a guest here",
      }),
    "auth.signOutEverywhere": () => api.auth.signOutEverywhere.mutate(),
    "auth.changePassword": () =>
      api.auth.changePassword.mutate({ currentPassword: OWNER.password, newPassword: NEW_PASSWORD }),
    "auth.stepUp": () => api.auth.stepUp.mutate({ password: NEW_PASSWORD }),
    "tokens.create": async () => {
      token = (await api.tokens.create.mutate({ name: "bot", scope: "read", days: 1 })).id;
    },
    "tokens.revoke": () => api.tokens.revoke.mutate({ id: token }),
    "factors.beginTotp": async () => {
      appSecret = (await api.factors.beginTotp.mutate()).secret;
    },
    "factors.confirmTotp": () => {
      // Each is taken once, the next one a step early too.
      const code = codeAt(appSecret, CLOCK.now() + codes * CODE_MS);
      codes += 1;
      return api.factors.confirmTotp.mutate({ code });
    },
    "factors.removeTotp": () => api.factors.removeTotp.mutate(),
    "passkeys.register": async () => {
      const attestation = passkey.create(await api.passkeys.beginRegistration.mutate());
      await api.passkeys.register.mutate({ name: "Laptop", attestation });
      // From now on the password proves nothing.
      await api.auth.stepUp.mutate({ passkey: passkey.get(await api.passkeys.beginStepUp.mutate()) });
    },
    "auth.signInByPasskey": async () => {
      const assertion = passkey.get(await fresh.api.passkeys.beginSignIn.mutate());
      await fresh.api.auth.signInByPasskey.mutate({ assertion });
    },
    "auth.revokeSession": async () => {
      const other = (await api.auth.sessions.query()).find(({ current }) => !current);
      await api.auth.revokeSession.mutate({ id: other?.id ?? "" });
    },
    "brokers.replaceCredentials": () => api.brokers.replaceCredentials.mutate(live),
    "live.arm": async () => {
      const account = (await api.accounts.list.query()).find((each) => each.connectionId === live.connectionId);
      const of = { accountId: account?.id ?? "" };
      const suffix = account?.venueAccountId.slice(-4) ?? "";
      return api.live.arm.mutate({ ...of, suffix, reviewedLimits: await api.risk.limits.query(of) });
    },
    "passkeys.remove": () => api.passkeys.remove.mutate({ id: passkey.id }),
    "people.setRole": async () => api.people.setRole.mutate({ userId: await idOf("guest"), role: "trader" }),
    "people.remove": async () => api.people.remove.mutate({ userId: await idOf("guest") }),
    "brokers.add": async () => {
      const settings = { startingCash: "5000" };
      const paper = { broker: "paper", mode: "paper", label: "Second", credentials: settings } as const;
      added = (await api.brokers.add.mutate(paper)).id;
    },
    "brokers.remove": () => api.brokers.remove.mutate({ connectionId: added }),
    "brokers.probe": () => api.brokers.probe.mutate({ broker: "interactive_brokers", credentials: {} }),
    "brokers.reconcile": () => api.brokers.reconcile.mutate({ connectionId }),
    "drifts.resolve": () => api.drifts.resolve.mutate({ driftId, note: "counted by hand" }),
    "alerts.acknowledge": () => api.alerts.acknowledge.mutate({ alertId }),
    "alerts.setWebhook": () => api.alerts.setWebhook.mutate({ url: webhookUrl }),
    "alerts.removeWebhook": () => api.alerts.removeWebhook.mutate(),
    "brokers.disconnect": () => api.brokers.disconnect.mutate({ connectionId }),
    "brokers.connect": () => api.brokers.connect.mutate({ connectionId }),
    "orders.place": () => api.orders.place.mutate({ accountId, idempotencyKey: randomUUID(), order: LIMIT }),
    "orders.modify": () => api.orders.modify.mutate({ orderId, changes: { quantity: "2" } }),
    "orders.cancel": () => api.orders.cancel.mutate({ orderId }),
    "risk.setLimits": () => api.risk.setLimits.mutate({ accountId, limits }),
    "risk.raise": () =>
      api.risk.raise.mutate({
        field: "maxOrderQuantity",
        raisedTo: "300000",
        minutes: 60,
        accountId,
        password: NEW_PASSWORD,
      }),
    "risk.endRaise": async () => {
      const { raises } = await api.risk.policy.query({ accountId });
      return api.risk.endRaise.mutate({ raiseId: raises[0]?.id ?? "" });
    },
    "risk.setSymbolLimit": () => api.risk.setSymbolLimit.mutate({ accountId, limit: SYMBOL_LIMIT }),
    "risk.removeSymbolLimit": () => api.risk.removeSymbolLimit.mutate({ accountId, symbol: "AAPL" }),
    "orders.reduceOnly": () => api.orders.reduceOnly.mutate(),
    "orders.halt": () => api.orders.halt.mutate({ reason: "a drill" }),
    "orders.flatten": () => api.orders.flatten.mutate({ idempotencyKey: randomUUID(), password: NEW_PASSWORD }),
    "orders.resume": () => api.orders.resume.mutate({ to: "ACTIVE", password: NEW_PASSWORD }),
    "marketData.setWatchlist": () => api.marketData.setWatchlist.mutate({ symbols: ["MSFT", "AAPL", "MSFT"] }),
  };
}
