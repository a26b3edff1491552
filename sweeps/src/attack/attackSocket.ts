import { request } from "node:http";
import { WebSocket } from "ws";
import { z } from "zod";
import { count, type AttackOptions, type Tally } from "./Attack.ts";

const issued = z.object({ result: z.object({ data: z.object({ ticket: z.string() }) }) });

/** Opens a socket from an address; null where it is refused, which is counted. */
export function openSocket(
  { url, cookie }: Pick<AttackOptions, "url" | "cookie">,
  localAddress: string,
  counts: Tally,
): Promise<WebSocket | null> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/trpc?connectionParams=1`, {
    headers: { cookie, origin: url },
    localAddress,
    perMessageDeflate: false,
  });
  socket.once("close", (code) => count(counts, `closed ${code}`));
  return new Promise((resolve) => {
    socket.once("open", () => {
      count(counts, "opened");
      resolve(socket);
    });
    socket.once("unexpected-response", (_request, response) => {
      count(counts, `HTTP ${response.statusCode}`);
      response.resume();
      socket.removeAllListeners("close");
      resolve(null);
    });
    socket.on("error", () => resolve(null));
  });
}

/** The same, with its ticket shown: a socket that may call. */
export async function openWithTicket(
  options: Pick<AttackOptions, "url" | "cookie">,
  localAddress: string,
  counts: Tally,
): Promise<WebSocket | null> {
  const { text } = await post(options, localAddress, "auth.webSocketTicket", "{}");
  const ticket = issued.safeParse(parsed(text)).data?.result.data.ticket;
  if (ticket === undefined) {
    count(counts, "no ticket");
    return null;
  }
  const socket = await openSocket(options, localAddress, counts);
  socket?.send(JSON.stringify({ method: "connectionParams", data: { ticket } }));
  return socket;
}

/** One mutation over HTTP; status 0 where the connection broke. */
export function post(
  { url, cookie }: Pick<AttackOptions, "url" | "cookie">,
  localAddress: string,
  path: string,
  body: string,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve) => {
    const headers = { "content-type": "application/json", origin: url, cookie };
    const sent = request(`${url}/trpc/${path}`, { method: "POST", localAddress, agent: false, headers });
    sent.once("error", () => resolve({ status: 0, text: "" }));
    sent.once("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.once("close", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
