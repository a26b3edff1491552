import type { Server } from "node:http";

/** Listens on a free port of loopback. @returns the port. */
export async function listenOn(http: Server): Promise<number> {
  await new Promise<void>((resolve) => http.listen({ port: 0, host: "127.0.0.1", backlog: 2_048 }, resolve));
  const address = http.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
