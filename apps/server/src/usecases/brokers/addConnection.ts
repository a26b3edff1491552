import {
  accountId,
  connectionId,
  fieldsOfMode,
  parseFixed,
  tryParseFixed,
  type ConnectionCheck,
  type CredentialField,
} from "@trenddojo/brokers/domain";
import { accounts, connections, credentials as credentialRows, isUniqueViolation } from "@trenddojo/db";
import type { z } from "zod";
import { chains } from "../../audit/AuditLog.ts";
import type { Actor } from "../../auth/Actor.ts";
import type { ConnectionWithAccount } from "../../connections/ConnectionWithAccount.ts";
import { PAPER_BROKER } from "../../connections/paperBroker.ts";
import type { Desk } from "../../Desk.ts";
import { DeskError } from "../../DeskError.ts";
import { subjects } from "../../streams/TickBus.ts";
import type { AddedConnection, addConnectionInput } from "../../wire/brokers.ts";
import { requireLive } from "../live/requireLive.ts";
import { connectionView } from "./connectionView.ts";
import { openPaperConnection } from "./openPaperConnection.ts";
import { assertFilledIn, hintsOf, proveCredentials } from "./typedCredentials.ts";

type Input = z.infer<typeof addConnectionInput>;

/** Dollars; beyond it the books lose digits. */
const LARGEST_CASH = parseFixed("1000000000000");

/**
 * Connects a broker account. Credentials are proven before they are stored: connect first, then seal, both audited. Once
 * it is stored it is added, also where it cannot be opened at that moment: the desk then keeps trying.
 * @throws DeskError NOT_SUPPORTED, LIVE_UNAVAILABLE and STEP_UP_REQUIRED for real money, NAME_TAKEN for an account that is connected already, INVALID_INPUT; BrokerError
 * where the broker refuses
 */
export async function addConnection(
  desk: Desk,
  actor: Actor,
  input: Input,
  signal: AbortSignal | undefined,
): Promise<AddedConnection> {
  const description = desk.registry.description(input.broker);
  if (input.mode === "live" && description?.liveCaveat !== undefined) await requireLive(desk, actor);
  if (description === undefined || !description.modes.includes(input.mode)) {
    const modes =
      description === undefined
        ? ""
        : `: ${description.name} can be connected in ${description.modes.join(" or ")} mode`;
    throw new DeskError("NOT_SUPPORTED", `There is no ${input.broker} in ${input.mode} mode here${modes}.`);
  }
  const made =
    input.broker === PAPER_BROKER
      ? await addPaper(desk, actor, input)
      : await addProven(desk, actor, input, fieldsOfMode(description.credentialFields, input.mode), signal);
  try {
    await desk.connections.open(made.target, input.credentials);
  } catch (err) {
    // It is stored by now: another try would find its name taken. Its card tells how it fares.
    desk.log.warn({ err, connectionId: made.target.connection.id }, "a new connection could not be opened yet");
    await desk.connections.takeUp(made.target);
  }
  desk.bus.publish(subjects.connections(actor.user.id));
  return { ...(await connectionView(desk, made.target.connection)), checks: [...made.checks] };
}

interface Made {
  readonly target: ConnectionWithAccount;
  readonly checks: readonly ConnectionCheck[];
}

async function addPaper(desk: Desk, actor: Actor, { label, credentials }: Input): Promise<Made> {
  const startingCash = credentials["startingCash"] || desk.paperStartingCash;
  const fixed = tryParseFixed(startingCash);
  if (fixed === undefined || fixed <= 0n || fixed > LARGEST_CASH) {
    throw new DeskError("INVALID_INPUT", "The starting cash is an amount above zero and at most 1000000000000.", {
      issues: [
        { code: "INVALID_INPUT", field: "credentials.startingCash", message: "an amount above zero", params: {} },
      ],
    });
  }
  const target = await desk.db.transaction((tx) =>
    openPaperConnection(desk, tx, actor.user.id, { label, startingCash, builtIn: false }),
  );
  return { target, checks: [] };
}

async function addProven(
  desk: Desk,
  actor: Actor,
  { broker, mode, label, credentials }: Input,
  fields: readonly CredentialField[],
  signal: AbortSignal | undefined,
): Promise<Made> {
  assertFilledIn(fields, credentials);
  const id = connectionId(desk.ids.uuid());
  const userId = actor.user.id;
  const { accountId: venueAccountId, checks } = await proveCredentials(
    desk,
    { connectionId: id, broker, mode, credentials },
    signal,
  );
  const createdAt = desk.clock.now();
  const connection = {
    id,
    userId,
    broker,
    mode,
    label,
    desired: "connected",
    settings: {},
    builtIn: false,
    createdAt,
  } as const;
  const account = {
    id: accountId(desk.ids.uuid()),
    userId,
    connectionId: id,
    broker,
    mode,
    venueAccountId,
    currency: "USD",
    createdAt,
  } as const;
  const hasSecrets = Object.keys(credentials).length > 0;
  // Sealed before the transaction: the vault may have to store a new data key, and a transaction has the one connection.
  const envelope = hasSecrets
    ? await desk.vault.seal({ userId, broker, mode, connectionId: id, rowVersion: 1 }, credentials)
    : null;
  const hints = hintsOf(fields, credentials);
  try {
    await desk.db.transaction(async (tx) => {
      await connections.insert(tx, connection);
      await accounts.insert(tx, account);
      if (envelope !== null)
        await credentialRows.insert(tx, { connectionId: id, mode, envelope, hints, at: createdAt });
      await desk.audit.append(tx, {
        chain: chains.account(account.id),
        userId,
        action: "connection.added",
        subject: id,
        mode,
        message: `${actor.user.username} connected account ${venueAccountId} (${mode}) as ${label}`,
        details: { broker, sealed: hasSecrets },
      });
    });
  } catch (error) {
    if (!isUniqueViolation(error, "accounts_venue_account_unique")) throw error;
    throw new DeskError(
      "NAME_TAKEN",
      `Account ${venueAccountId} (${mode}) is connected already; remove that connection first.`,
      { cause: error },
    );
  }
  desk.connections.keysWereSet(id, { hints, setAt: createdAt });
  return {
    target: { connection: { ...connection, removedAt: null }, account: { ...account, removedAt: null } },
    checks,
  };
}
