import { KEY, SECRET, type Bench, type OrderBody } from "./Bench.ts";
import { TestSocket } from "./TestSocket.ts";

/** Listens to the trading stream. `events` are what it told so far, as "fill limit". */
export async function listen(
  bench: Bench,
): Promise<{ readonly socket: TestSocket; readonly events: () => Promise<readonly string[]> }> {
  const socket = await new TestSocket(bench.simulator.endpoints.tradingStream).opened();
  socket.send({ action: "auth", key: KEY, secret: SECRET });
  socket.send({ action: "listen", data: { streams: ["trade_updates"] } });
  await socket.heard(2);
  const events = async (): Promise<readonly string[]> => {
    await socket.settled();
    const rows: readonly { data: { event: string; order: OrderBody } }[] = JSON.parse(
      JSON.stringify(socket.messages.slice(2)),
    );
    return rows.map(({ data }) => `${data.event} ${data.order.type}`);
  };
  return { socket, events };
}
