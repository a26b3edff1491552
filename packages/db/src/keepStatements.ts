import type { Sql, TransactionSql } from "postgres";

/** Longer lists come in too many lengths for each to be worth keeping. */
const MOST_PARAMETERS = 64;

/**
 * Lets the server keep each statement that has parameters under a name, a connection at a time, inside transactions too.
 * Drizzle's have none, and one without a name takes two round trips, is parsed and planned each time, and lets no other
 * be sent before its answer.
 */
export function keepStatements<Client extends Sql | TransactionSql>(client: Client): Client {
  return new Proxy(client, {
    get(target, name): unknown {
      if (name === "unsafe") return unsafe;
      if (name === "begin" && "begin" in target) return begin(target);
      if (name === "savepoint" && "savepoint" in target) return savepoint(target);
      return Reflect.get(target, name);
    },
  });

  function unsafe(...[query, parameters = [], options]: Parameters<Sql["unsafe"]>): unknown {
    const isKept = parameters.length > 0 && parameters.length <= MOST_PARAMETERS;
    return client.unsafe(query, parameters, { ...options, prepare: isKept });
  }
}

type Work = (tx: TransactionSql) => Promise<unknown>;

function begin(client: Sql): (work: Work) => unknown {
  return (work) => client.begin((tx) => work(keepStatements(tx)));
}

function savepoint(client: TransactionSql): (work: Work) => unknown {
  return (work) => client.savepoint((tx) => work(keepStatements(tx)));
}
