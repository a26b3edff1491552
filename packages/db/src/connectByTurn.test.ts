import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { connectByTurn } from "./connectByTurn.ts";

/** A server that keeps what it is sent. */
async function listen() {
  const chunks: Buffer[] = [];
  const server = createServer((socket) => socket.on("data", (chunk) => chunks.push(chunk)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const isAddress = (value: typeof address): value is AddressInfo => value !== null && typeof value === "object";
  if (!isAddress(address)) throw new Error("no port");
  return {
    port: address.port,
    said: () => Buffer.concat(chunks).toString(),
    [Symbol.dispose]: () => void server.close(),
  };
}

it("[DB141] what is written in one turn is held, and leaves in its order in one piece", async () => {
  using server = await listen();
  const socket = connectByTurn({ host: ["127.0.0.1"], port: [server.port] });
  await once(socket, "connect");
  socket.write("begin ");
  socket.write(Buffer.from("work "));
  expect([socket.writableLength, socket.bytesWritten]).toEqual([11, 11]);
  expect(socket.writableCorked).toBe(1);
  await new Promise((resolve) => process.nextTick(resolve));
  expect(socket.writableCorked).toBe(0);
  socket.end("end");
  await once(socket, "close");
  await expect.poll(() => server.said()).toBe("begin work end");
});

it("[DB141] it never says that it is full, and keeps whom a certificate has to name", async () => {
  using server = await listen();
  const socket = connectByTurn({ host: ["127.0.0.1"], port: [server.port] });
  expect(socket.write(Buffer.alloc(1024 * 1024))).toBe(true);
  expect(Reflect.get(socket, "host")).toBe("127.0.0.1");
  await once(socket, "connect");
  socket.destroy();
});

it("[DB141] a server that is not there is told as an error of the socket", async () => {
  let port = 0;
  {
    using server = await listen();
    port = server.port;
  }
  const socket = connectByTurn({ host: ["127.0.0.1"], port: [port] });
  socket.write("never sent");
  const [error]: unknown[] = await once(socket, "error");
  expect(error).toMatchObject({ code: "ECONNREFUSED" });
});
