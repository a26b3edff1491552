import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { DeskError } from "../DeskError.ts";
import { refusalBody, refusalHeaders } from "../http/deskReply.ts";

/** Answers an upgrade request that is refused, over plain HTTP, and ends the connection. */
export function refuseUpgrade(socket: Duplex, status: number, refusal: DeskError, requestId: string): void {
  const body = JSON.stringify(refusalBody(refusal, status, requestId));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Refused"}`,
    "connection: close",
    ...Object.entries(refusalHeaders(body)).map(([name, value]) => `${name}: ${value}`),
  ];
  // The peer may be gone already; that must not end the process.
  socket.on("error", () => socket.destroy());
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
