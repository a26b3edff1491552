import { accountId, clientOrderId, connectionId, MODES, money, orderId, type Mode } from "@trenddojo/brokers/domain";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { z } from "zod";
import { classifyDriverError } from "../driverError.ts";
import { describeEachDriver } from "../testing/describeEachDriver.ts";
import {
  BRACKET_ENTRY,
  CLIENT_ID_PREFIX,
  createIds,
  newFill,
  newIntent,
  newLeg,
  NOW,
  seedAccount,
  seedOrder,
  seedUser,
} from "../testing/fixtures.ts";
import * as accounts from "./accounts.ts";
import * as connections from "./connections.ts";
import * as credentials from "./credentials.ts";
import * as drifts from "./drifts.ts";
import * as fills from "./fills.ts";
import * as orders from "./orders.ts";
import * as paperAccounts from "./paperAccounts.ts";

/** What begins a chain, or belongs to a person and not to an account. */
const ROOTS = ["audit_log", "broker_connections", "data_keys", "order_id_counters"];

const pairs = MODES.flatMap((parent) => MODES.map((child) => ({ parent, child })));

await describeEachDriver("modes of rows that belong together", (db) => {
  const ids = createIds();
  const foreignKey = (constraint: string) => ({ kind: "foreign_key", constraint });
  /** What the database refuses it with; null where it is stored. */
  const refusalOf = (work: PromiseLike<unknown>): PromiseLike<unknown> => work.then(() => null, classifyDriverError);

  interface Modes {
    readonly connection: Mode;
    readonly account: Mode;
    readonly order: Mode;
    readonly fill: Mode;
  }

  /** A connection, its account, an order and its fill, each in a mode of its own. */
  async function store(modes: Modes): Promise<void> {
    const { id: userId } = await seedUser(db(), ids("user"));
    const connection = {
      id: connectionId(ids("connection")),
      userId,
      broker: "alpaca",
      mode: modes.connection,
      label: "Matrix",
      desired: "connected",
      settings: {},
      builtIn: false,
      createdAt: NOW,
    } as const;
    const account = {
      id: accountId(ids("account")),
      userId,
      connectionId: connection.id,
      broker: "alpaca",
      mode: modes.account,
      venueAccountId: ids("A"),
      currency: "USD",
      createdAt: NOW,
    } as const;
    const id = ids("order");
    await db().transaction(async (tx) => {
      await connections.insert(tx, connection);
      await accounts.insert(tx, account);
      const intent = newIntent({ ...account, removedAt: null }, ids, {
        id: orderId(id),
        mode: modes.order,
        clientOrderId: clientOrderId(`${CLIENT_ID_PREFIX[modes.order]}${id}`),
      });
      const order = await orders.insertIntent(tx, intent);
      await fills.insert(tx, newFill({ ...order, mode: modes.fill }, ids));
    });
  }

  /** The constraint that must speak: that of the first row whose mode is not its parent's. */
  function refusedBy({ connection, account, order, fill }: Modes): string | null {
    if (account !== connection) return "accounts_connection_fk";
    if (order !== account) return "orders_account_fk";
    return fill === order ? null : "fills_order_fk";
  }

  for (const connection of MODES) {
    for (const account of MODES) {
      test(`[DB110] a ${connection} connection with a ${account} account, its orders and fills of every mode`, async () => {
        for (const order of MODES) {
          for (const fill of MODES) {
            const modes = { connection, account, order, fill };
            const constraint = refusedBy(modes);
            const expected = constraint === null ? null : foreignKey(constraint);
            expect({ modes, refusal: await refusalOf(store(modes)) }).toEqual({ modes, refusal: expected });
          }
        }
      });
    }
  }

  test.each(pairs)("[DB111] $child rows that belong to what is $parent", async ({ parent, child }) => {
    const account = await seedAccount(db(), ids, { mode: parent });
    const order = await seedOrder(db(), account, ids, BRACKET_ENTRY);
    const prefix = CLIENT_ID_PREFIX[child];
    const leg = newLeg(order, account, ids, { mode: child, clientOrderId: clientOrderId(`${prefix}${ids("leg")}`) });
    const common = { accountId: account.id, mode: child };
    const attempts = [
      [
        "broker_credentials_connection_fk",
        () =>
          credentials.insert(db(), {
            connectionId: account.connectionId,
            mode: child,
            envelope: "v1.x",
            hints: {},
            at: NOW,
          }),
      ],
      [
        "drifts_account_fk",
        () =>
          db().transaction((tx) =>
            drifts.insertResolved(
              tx,
              {
                ...common,
                id: ids("drift"),
                kind: "order_state",
                subject: order.id,
                symbol: null,
                here: "a",
                there: "b",
                cause: "c",
                evidence: {},
                action: "asked",
              },
              NOW,
            ),
          ),
      ],
      ["orders_account_fk", () => db().transaction((tx) => orders.insertIntent(tx, leg))],
    ] as const;
    for (const [constraint, attempt] of attempts) {
      expect(await refusalOf(attempt())).toEqual(parent === child ? null : foreignKey(constraint));
    }
  });

  test.each(pairs)("[DB111] a $child paper exchange behind a $parent account", async ({ parent, child }) => {
    const account = await seedAccount(db(), ids, { mode: parent });
    const row = { accountId: account.id, mode: child, startingCash: money("1"), seed: 1, createdAt: NOW };
    const insert = paperAccounts.insert(db(), row);
    const elsewhere = parent === child ? null : foreignKey("paper_accounts_account_fk");
    expect(await refusalOf(insert)).toEqual(
      child === "live" ? { kind: "check", constraint: "paper_accounts_mode_check" } : elsewhere,
    );
  });

  test.each(pairs.filter(({ parent, child }) => parent !== child))(
    "[DB113] nothing that is $parent becomes $child",
    async ({ parent, child }) => {
      const account = await seedAccount(db(), ids, { mode: parent });
      const order = await seedOrder(db(), account, ids);
      await db().transaction((tx) => fills.insert(tx, newFill(order, ids)));
      const changes = [
        sql`update broker_connections set mode = ${child} where id = ${account.connectionId}`,
        sql`update accounts set mode = ${child} where id = ${account.id}`,
        sql`update orders set mode = ${child} where id = ${order.id}`,
        sql`update fills set mode = ${child} where order_id = ${order.id}`,
      ];
      for (const change of changes) {
        expect(await refusalOf(db().execute(change))).toMatchObject({ kind: "guard" });
      }
    },
  );

  test("[DB112] each table whose rows have a mode refers with it to what they belong to", async () => {
    const found = await db().execute(sql`
      select t.relname as table, coalesce(bool_or(a.attnum = any(f.conkey)), false) as is_held
      from pg_class t
      join pg_attribute a on a.attrelid = t.oid and a.attname = 'mode' and not a.attisdropped
      left join pg_constraint f on f.conrelid = t.oid and f.contype = 'f'
      where t.relkind = 'r' and t.relnamespace = 'public'::regnamespace
      group by t.relname order by t.relname`);
    const tables = z.array(z.object({ table: z.string(), is_held: z.boolean() })).parse([...found]);
    expect(tables.filter(({ is_held }) => !is_held).map(({ table }) => table)).toEqual(ROOTS);
    expect(tables.length).toBeGreaterThanOrEqual(ROOTS.length + 6);
  });
});
