import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { DeskError } from "../DeskError.ts";
import { refusalBody } from "../http/deskReply.ts";

/** Answers an upgrade request that is refused, over plain HTTP, and ends the connection. */
export function refuseUpgrade(socket: Duplex, status: number, refusal: DeskError, requestId: string): void {
  const body = JSON.stringify(refusalBody(refusal, status, requestId));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Refused"}`,
    "connection: close",
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  // The peer may be gone already; that must not end the process.
  socket.on("error", () => socket.destroy());
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
