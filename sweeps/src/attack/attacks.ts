import { once } from "node:events";
import { connect } from "node:net";
import { SystemClock } from "@trenddojo/brokers";
import type { WebSocket } from "ws";
import { addressOf, count, type Attack, type AttackOptions, type Tally } from "./Attack.ts";
import { openSocket, openWithTicket, post } from "./attackSocket.ts";

const clock = (): SystemClock => new SystemClock();

/** `size` workers, each from an address of its own, each again and again until the end. */
async function workers(
  size: number,
  signal: AbortSignal,
  work: (address: string, index: number) => Promise<void>,
): Promise<void> {
  const time = clock();
  await Promise.all(
    Array.from({ length: size }, async (_, index) => {
      while (!signal.aborted) {
        await work(addressOf(index), index);
        await pause(time, 20, signal);
      }
    }),
  );
}

async function pause(time: SystemClock, delayMs: number, signal: AbortSignal): Promise<void> {
  await time.sleep(delayMs, { signal }).catch(() => undefined);
}

/** Resolves when the socket has closed, or closes it at the end. */
async function closedOrOver(socket: WebSocket, signal: AbortSignal): Promise<void> {
  const end = (): void => socket.terminate();
  if (socket.readyState === socket.CLOSED) return;
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  await once(socket, "close");
  signal.removeEventListener("abort", end);
}

/** Sockets without a session, and sockets with one that show no ticket. */
const unauthenticatedSockets: Attack = async (options, signal) => {
  const counts: Tally = {};
  await workers(options.size, signal, async (address, index) => {
    const cookie = index % 4 === 0 ? options.cookie : "";
    const socket = await openSocket({ ...options, cookie }, address, counts);
    if (socket !== null) await closedOrOver(socket, signal);
  });
  return counts;
};

/** Connections that send their request a byte a second. */
const slowloris: Attack = async (options, signal) => {
  const counts: Tally = {};
  const { hostname, port } = new URL(options.url);
  const time = clock();
  await workers(options.size, signal, async (localAddress) => {
    const socket = connect({ host: hostname, port: Number(port), localAddress });
    socket.on("error", () => undefined).on("data", (reply: Buffer) => count(counts, String(reply).slice(0, 12)));
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    let isOpen = true;
    void closed.then(() => (isOpen = false));
    socket.write("POST /trpc/auth.signIn HTTP/1.1\r\nx-pad: ");
    count(counts, "opened");
    while (isOpen && !signal.aborted) {
      await pause(time, 1_000, signal);
      if (isOpen) socket.write("x");
    }
    if (isOpen) count(counts, "held to the end");
    socket.destroy();
    await closed;
  });
  return counts;
};

/** One message in as many frames of one byte as the desk will take. */
const fragments: Attack = async (options, signal) => {
  const counts: Tally = {};
  await workers(Math.min(options.size, 8), signal, async (address) => {
    const socket = await openWithTicket(options, address, counts);
    if (socket === null) return pause(clock(), 1_000, signal);
    for (let sent = 0; sent < 16_000 && socket.readyState === socket.OPEN; sent += 1)
      socket.send("x", { fin: false }, () => undefined);
    await closedOrOver(socket, signal);
  });
  return counts;
};

/** A thousand calls in one message, and in one request. */
const batches: Attack = async (options, signal) => {
  const counts: Tally = {};
  const calls = Array.from({ length: 800 }, (_, id) => ({ id, method: "query", params: { path: "accounts.list" } }));
  const message = JSON.stringify(calls);
  const paths = Array.from({ length: 200 }, () => "auth.signOut").join(",");
  await workers(Math.min(options.size, 8), signal, async (address) => {
    const { status } = await post(options, address, `${paths}?batch=1`, "{}");
    count(counts, `HTTP ${status}`);
    const socket = await openWithTicket(options, address, counts);
    if (socket === null) return pause(clock(), 1_000, signal);
    socket.on("message", (data: Buffer) => count(counts, data.toString().includes("error") ? "refused" : "answered"));
    for (let sent = 0; sent < 40 && socket.readyState === socket.OPEN; sent += 1) socket.send(message);
    await closedOrOver(socket, signal);
    await pause(clock(), 1_000, signal);
  });
  return counts;
};

/** Twenty thousand streams on one socket, ten a message. */
const subscriptions: Attack = async (options, signal) => {
  const counts: Tally = {};
  const input = { path: "orders.events", input: {} };
  await workers(1, signal, async (address) => {
    const socket = await openWithTicket(options, address, counts);
    if (socket === null) return pause(clock(), 1_000, signal);
    socket.on("message", (data: Buffer) => count(counts, kindOf(data.toString())));
    for (let sent = 0; sent < 2_000 && socket.readyState === socket.OPEN; sent += 1) {
      const ten = Array.from({ length: 10 }, (_, of) => ({
        id: sent * 10 + of,
        method: "subscription",
        params: input,
      }));
      socket.send(JSON.stringify(ten));
      if (sent % 10 === 0) await pause(clock(), 1, signal);
    }
    await closedOrOver(socket, signal);
  });
  return counts;
};

function kindOf(text: string): string {
  if (text.includes('"type":"started"')) return "streams begun";
  return text.includes("TOO_MANY_REQUESTS") ? "streams refused" : "messages";
}

/** Sockets that ask for as much as they may and read none of it. */
const stalledReaders: Attack = async (options, signal) => {
  const counts: Tally = {};
  await workers(Math.min(options.size, 10), signal, async (address) => {
    const socket = await openWithTicket(options, address, counts);
    if (socket === null) return pause(clock(), 1_000, signal);
    socket.pause();
    for (let sent = 0; socket.readyState === socket.OPEN && !signal.aborted; sent += 10) {
      const ten = Array.from({ length: 10 }, (_, of) => greedy(sent + of));
      socket.send(JSON.stringify(ten), () => undefined);
      await pause(clock(), 100, signal);
    }
    socket.terminate();
  });
  return counts;
};

const greedy = (id: number) => ({ id, method: "query", params: { path: "audit.list", input: { limit: 500 } } });

/** Guesses at one account and at many, from many addresses. */
const loginGuessing: Attack = async (options, signal) => {
  const counts: Tally = {};
  let guess = 0;
  await workers(Math.min(options.size, 60), signal, async (address, index) => {
    guess += 1;
    const username = index % 2 === 0 ? "Ada" : `stranger-${guess}`;
    const body = JSON.stringify({ username, password: `guess number ${guess} of many` });
    const { status } = await post({ url: options.url, cookie: "" }, address, "auth.signIn", body);
    count(counts, `HTTP ${status}`);
  });
  return counts;
};

/** All of them at once. */
const everything: Attack = async (options, signal) => {
  const all = Object.values(SINGLE_ATTACKS).map((attack) => attack(options, signal));
  const sum: Tally = {};
  for (const counts of await Promise.all(all))
    for (const [what, times] of Object.entries(counts)) count(sum, what, times);
  return sum;
};

const SINGLE_ATTACKS = {
  "unauthenticated sockets": unauthenticatedSockets,
  slowloris: slowloris,
  "one-byte fragments": fragments,
  "giant batches": batches,
  "20,000 subscriptions": subscriptions,
  "readers that stop reading": stalledReaders,
  "login guessing": loginGuessing,
} as const satisfies Record<string, Attack>;

export const ATTACKS: Readonly<Record<string, Attack>> = { ...SINGLE_ATTACKS, "all at once": everything };

/** @throws Error for a name that is none of these */
export async function attackFor(name: string, options: AttackOptions): Promise<Tally> {
  const attack = ATTACKS[name];
  if (attack === undefined) throw new Error(`there is no attack called ${name}`);
  return attack(options, AbortSignal.timeout(options.seconds * 1_000));
}
