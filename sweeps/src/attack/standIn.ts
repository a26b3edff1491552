// What the control is aimed at: a bare server that refuses everything at once, in a process of its own. What a good user
// of the desk feels of an attack on it is the attackers' own work on the same machine.
import { once } from "node:events";
import { createServer } from "node:http";
import { z } from "zod";
import { answerParent } from "../lib/answerParent.ts";

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(429).end();
}).on("upgrade", (_request, socket) => {
  socket.on("error", () => undefined).end("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n");
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = z.object({ port: z.number() }).parse(server.address());

answerParent(() => Promise.resolve(`http://127.0.0.1:${port}`));
