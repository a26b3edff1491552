import { createServer, type IncomingHttpHeaders } from "node:http";

export interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What gets the desk's webhooks, on a free port of this machine. */
export async function createWebhookReceiver() {
  const deliveries: Delivery[] = [];
  let answer: () => { readonly status: number; readonly location?: string } | null = () => ({ status: 204 });
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part: string) => (body += part));
    request.on("end", () => {
      deliveries.push({ headers: request.headers, body });
      const given = answer();
      // It took it, and says nothing.
      if (given === null) return;
      response.writeHead(given.status, given.location === undefined ? {} : { location: given.location });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook?key=secret-in-the-address`,
    deliveries,
    /** What it answers from now on; null says nothing. */
    answerWith: (next: typeof answer) => void (answer = next),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
