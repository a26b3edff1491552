// The other end of orderPath.ts, in a process of its own: signs everybody in and sends orders at a steady rate.
import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";

export interface LoadTask {
  readonly url: string;
  readonly users: readonly string[];
  readonly password: string;
  /** Orders a second, over all users. */
  readonly rate: number;
  readonly seconds: number;
  /** Orders before the measurement, one after another. */
  readonly warmUp: number;
}

/** The measurement begins; and what came of it. */
export type LoadMessage = { readonly kind: "warm" } | LoadReport;

export interface LoadReport {
  readonly kind: "report";
  /** Instants in milliseconds, on a clock that the processes of one machine share. */
  readonly sent: readonly { readonly at: number; readonly answeredAt: number; readonly clientOrderId: string }[];
  readonly refused: number;
}

interface Person {
  readonly agent: Agent;
  readonly cookie: string;
  readonly accountId: string;
}

const agents: Agent[] = [];
const task = await new Promise<LoadTask>((resolve) => process.once("message", resolve));
const people: Person[] = [];
for (const [index, username] of task.users.entries()) people.push(await signIn(username, index));
const sent: LoadReport["sent"][number][] = [];
let refused = 0;
for (let index = 0; index < task.warmUp; index += people.length) {
  await Promise.all(people.map((person, offset) => place(person, index + offset)));
}
sent.length = 0;
refused = 0;
process.send?.({ kind: "warm" } satisfies LoadMessage);
const waiting: Promise<void>[] = [];
const startedAt = performance.now();
for (let index = 0; index < task.rate * task.seconds; index += 1) {
  await new Promise((resolve) =>
    setTimeout(resolve, Math.max(0, startedAt + (index * 1_000) / task.rate - performance.now())),
  );
  const person = people[index % people.length];
  // On from the warm-up's: the desk asks back about an order that is like one of a moment ago.
  if (person !== undefined) waiting.push(place(person, task.warmUp + index));
}
await Promise.all(waiting);
for (const agent of agents) agent.destroy();
process.send?.({ kind: "report", sent, refused } satisfies LoadMessage);
// Whoever leaves first may take what was said with it.
await new Promise((resolve) => process.once("message", resolve));
process.disconnect();

async function place({ agent, cookie, accountId }: Person, index: number): Promise<void> {
  const order = {
    type: "limit",
    symbol: "AAPL",
    side: "buy",
    quantity: "1",
    // Of one person never the same twice within the window of the rule on repetition.
    price: (10 + (Math.floor(index / people.length) % 1_000) / 100).toFixed(2),
  };
  const at = performance.timeOrigin + performance.now();
  const answer = await call(agent, "orders.place", cookie, { accountId, idempotencyKey: randomUUID(), order });
  const answeredAt = performance.timeOrigin + performance.now();
  const clientOrderId: unknown = Reflect.get(Object(answer.data), "clientOrderId");
  if (typeof clientOrderId === "string") sent.push({ at, answeredAt, clientOrderId });
  else refused += 1;
}

/** Each from an address of its own: sign-ins of one address are few. */
async function signIn(username: string, index: number): Promise<Person> {
  const localAddress = `127.0.1.${(index % 250) + 1}`;
  const agent = new Agent({ keepAlive: true, localAddress });
  agents.push(agent);
  const signedIn = await call(agent, "auth.signIn", "", { username, password: task.password });
  const accounts = await call(agent, "accounts.list", signedIn.cookie);
  const [account]: unknown[] = Array.isArray(accounts.data) ? accounts.data : [];
  const accountId: unknown = Reflect.get(Object(account), "id");
  if (typeof accountId !== "string") throw new Error(`${username} has no account`);
  return { agent, cookie: signedIn.cookie, accountId };
}

function call(
  agent: Agent,
  procedure: string,
  cookie: string,
  input?: object,
): Promise<{ readonly cookie: string; readonly data: unknown }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${task.url}/trpc/${procedure}`,
      {
        agent,
        method: input === undefined ? "GET" : "POST",
        headers: { origin: task.url, "content-type": "application/json", ...(cookie === "" ? {} : { cookie }) },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () => {
          const [header = ""] = incoming.headers["set-cookie"] ?? [];
          const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
          const data: unknown = Reflect.get(Object(Reflect.get(Object(body), "result")), "data");
          resolve({ cookie: header.split(";")[0] ?? "", data });
        });
      },
    );
    outgoing.on("error", (error) => {
      // The desk ends a connection that has served enough; the request that crossed it was not taken.
      if (!outgoing.reusedSocket) reject(error);
      else call(agent, procedure, cookie, input).then(resolve, reject);
    });
    outgoing.end(input === undefined ? undefined : JSON.stringify(input));
  });
}
