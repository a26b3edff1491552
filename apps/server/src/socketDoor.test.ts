import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createTestClient, type TestClient } from "./testing/createTestClient.ts";
import { createTestDesk, type TestDesk } from "./testing/createTestDesk.ts";
import { setUp, signInAs } from "./testing/people.ts";
import { until } from "./testing/until.ts";

const TRADER = { username: "grace", password: "another four words here", role: "trader" } as const;

let desk: TestDesk;
let owner: TestClient;
let trader: TestClient;

beforeAll(async () => {
  desk = await createTestDesk();
  owner = createTestClient(desk.url);
  trader = createTestClient(desk.url);
  await setUp(owner);
  await owner.api.auth.createUser.mutate(TRADER);
  await signInAs(trader, TRADER);
});
afterAll(async () => {
  for (const each of [owner, trader]) await each[Symbol.asyncDispose]();
  await desk[Symbol.asyncDispose]();
});

describe("the socket's door", () => {
  const open = (options: { path?: string; origin?: string | undefined; cookie?: string }) => {
    const { path = "/trpc?connectionParams=1", origin = desk.url, cookie = owner.cookie() } = options;
    const socket = new WebSocket(desk.url.replace("http", "ws") + path, {
      headers: { cookie, ...("origin" in options && options.origin === undefined ? {} : { origin }) },
    });
    return new Promise<{ status: number | "open"; socket: WebSocket }>((resolve) => {
      socket.once("open", () => resolve({ status: "open", socket }));
      socket.once("unexpected-response", (_request, response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, socket });
      });
      socket.on("error", () => undefined);
    });
  };
  const closeCode = (socket: WebSocket) => new Promise<number>((resolve) => socket.once("close", resolve));

  it.each([
    ["another origin", { origin: "https://evil.example" }, 403],
    ["no origin", { origin: undefined }, 403],
    ["no session", { cookie: "" }, 401],
    ["another path", { path: "/other?connectionParams=1" }, 404],
    ["no place for a ticket", { path: "/trpc" }, 400],
  ])("[SV27] %s is refused before the upgrade", async (_name, options, status) => {
    expect((await open(options)).status).toBe(status);
  });

  it("[SV27] a wrong ticket, a used one and another session's close the socket", async () => {
    const { ticket } = await owner.api.auth.webSocketTicket.mutate();
    const foreign = (await trader.api.auth.webSocketTicket.mutate()).ticket;
    const show = async (shown: string) => {
      const { socket } = await open({});
      const closed = closeCode(socket);
      socket.send(JSON.stringify({ method: "connectionParams", data: { ticket: shown } }));
      return { socket, closed };
    };
    for (const bad of ["nonsense", foreign]) expect(await (await show(bad)).closed).toBe(4408);
    const { socket } = await show(ticket);
    socket.send(JSON.stringify({ id: 1, method: "query", params: { path: "accounts.list" } }));
    const answer = await new Promise<string>((resolve) =>
      socket.once("message", (data: Buffer) => resolve(data.toString())),
    );
    expect(JSON.parse(answer).result.data).toHaveLength(1);
    socket.terminate();
    expect(await (await show(ticket)).closed).toBe(4408);
  });

  it("[SV28] frames that are not tRPC get a coded error or a closed socket, and the desk goes on", async () => {
    const { ticket } = await owner.api.auth.webSocketTicket.mutate();
    const { socket } = await open({});
    socket.send(JSON.stringify({ method: "connectionParams", data: { ticket } }));
    const answers: string[] = [];
    socket.on("message", (data: Buffer) => answers.push(data.toString()));
    for (const frame of [
      "{ not json",
      "null",
      "[]",
      '{"id":1}',
      '{"id":2,"method":"query","params":{"path":"no.such"}}',
      '{"id":3,"method":"steal"}',
      Buffer.from([0, 255, 7]),
    ]) {
      socket.send(frame);
    }
    await until("the answers", () => answers.length >= 5);
    for (const answer of answers) {
      expect(JSON.parse(answer).error.data.desk.code).toMatch(/INVALID_INPUT|NOT_FOUND/);
      expect(answer).not.toMatch(/\.ts:|node_modules|stack/);
    }
    const closed = closeCode(socket);
    socket.send("x".repeat(100_000));
    expect(await closed).toBe(1009);
    expect(await owner.api.accounts.list.query()).toHaveLength(1);
  });

  it("[SV28] a socket that floods is closed", async () => {
    const { ticket } = await owner.api.auth.webSocketTicket.mutate();
    const { socket } = await open({});
    const closed = closeCode(socket);
    socket.send(JSON.stringify({ method: "connectionParams", data: { ticket } }));
    for (let count = 0; count < 200; count += 1) socket.send("PING");
    expect(await closed).toBe(1008);
  });

  it("[SV410] a client with many streams has all of them again after a cut: it asks for them in one message", async () => {
    await using client = createTestClient(desk.url);
    client.setCookie(owner.cookie());
    const heard: number[] = [];
    const streams = Array.from({ length: 60 }, (_, index) => {
      heard.push(0);
      return client.api.alerts.watch.subscribe(undefined, {
        onData: () => void (heard[index] = (heard[index] ?? 0) + 1),
      });
    });
    await until("each stream's first item", () => heard.every((items) => items === 1));
    client.cutSocket();
    await until("each stream's first item on the new socket", () => heard.every((items) => items === 2));
    expect(heard).toHaveLength(60);
    for (const stream of streams) stream.unsubscribe();
  });

  it("[SV411] a socket that sends thousands of calls at once is closed, and they are not answered one by one", async () => {
    const { ticket } = await owner.api.auth.webSocketTicket.mutate();
    const { socket } = await open({});
    const answers: string[] = [];
    socket.on("message", (data: Buffer) => void answers.push(data.toString()));
    const closed = closeCode(socket);
    socket.send(JSON.stringify({ method: "connectionParams", data: { ticket } }));
    const calls = Array.from({ length: 300 }, (_, id) => ({ id, method: "query", params: { path: "accounts.list" } }));
    // The first is too large for one message, and refused call by call; the second is too many for one socket.
    for (let message = 0; message < 10; message += 1) socket.send(JSON.stringify(calls));
    expect(await closed).toBe(1008);
    expect(answers).toHaveLength(calls.length);
    expect(JSON.parse(answers[0] ?? "")).toMatchObject({ error: { data: { httpStatus: 400 } } });
  });
});
