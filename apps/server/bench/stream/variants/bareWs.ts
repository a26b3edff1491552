import { createServer } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { textFrame } from "../../../src/ws/textFrame.ts";
import { BARE_BUNDLE_MS, bodyOf, bundleOf, tickJson } from "../bodies.ts";
import type { StartVariant } from "../Variant.ts";
import { Conflation } from "./Conflation.ts";
import { listenOn } from "./listenOn.ts";

interface Group {
  readonly symbols: readonly string[];
  readonly sockets: Set<Duplex>;
  ticks: string;
}

/**
 * The limit: no protocol, a frame built once for each distinct set of symbols and written to each connection; ticks of a
 * few milliseconds in one write.
 */
export const startBareWs: StartVariant = async ({ kind, intervalMs }) => {
  const http = createServer();
  const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const groups = new Map<string, Group>();
  const watching = new Map<string, Set<Group>>();
  const open = new Set<Duplex>();
  http.on("upgrade", (request, socket, head) => {
    wss.handleUpgrade(request, socket, head, (client) => {
      open.add(socket);
      client.once("message", (data: Buffer) => {
        const name = data.toString();
        const group = groups.get(name) ?? { symbols: name.split(","), sockets: new Set(), ticks: "" };
        groups.set(name, group);
        group.sockets.add(socket);
        for (const symbol of group.symbols) watching.set(symbol, (watching.get(symbol) ?? new Set()).add(group));
        client.once("close", () => group.sockets.delete(socket));
        socket.write(textFrame(kind === "quotes" ? bodyOf(0, [], new Map()) : bundleOf(0, "")));
      });
      client.once("close", () => open.delete(socket));
      client.on("error", () => undefined);
    });
  });
  let sequence = 0;
  const write = (group: Group, body: string): void => {
    const frame = textFrame(body);
    for (const socket of group.sockets) socket.write(frame);
  };
  const conflation = new Conflation(intervalMs, (changed) => {
    sequence += 1;
    for (const group of groups.values()) write(group, bodyOf(sequence, group.symbols, changed));
  });
  const pending = new Set<Group>();
  if (kind === "ticks") {
    setInterval(() => {
      for (const group of pending) {
        sequence += 1;
        write(group, bundleOf(sequence, group.ticks));
        group.ticks = "";
      }
      pending.clear();
    }, BARE_BUNDLE_MS);
  }
  return {
    port: await listenOn(http),
    cut: () => {
      for (const socket of open) socket.destroy();
    },
    take: (data) => {
      if (kind === "quotes") return conflation.take(data);
      const json = tickJson(data);
      for (const group of watching.get(data.symbol) ?? []) {
        group.ticks += group.ticks === "" ? json : `,${json}`;
        pending.add(group);
      }
    },
  };
};
