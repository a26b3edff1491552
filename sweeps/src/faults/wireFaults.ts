import type { Socket } from "node:net";
import type { Clock, Random } from "@trenddojo/brokers/domain";
import type { Line, Tamper } from "./WireProxy.ts";

const ORDER = Buffer.from("POST /v2/orders ");
/** Longer messages are cut into single bytes up to here. */
const MOST_SLICES = 4_000;

/** Every byte is late, by a fixed part and a part that changes; the order of bytes is kept. */
export function latency(clock: Clock, random: Random, ms: number): () => Tamper {
  return () => {
    const late = (): ((bytes: Buffer, to: Socket) => null) => {
      let before: Promise<unknown> = Promise.resolve();
      return (bytes, to) => {
        const wait = clock.sleep(ms + random.integer(ms + 1));
        before = before.then(() => wait).then(() => to.destroyed || to.write(bytes));
        return null;
      };
    };
    const up = late();
    const down = late();
    return { toBroker: (bytes, { broker }) => up(bytes, broker), toDesk: (bytes, { desk }) => down(bytes, desk) };
  };
}

/** Every message comes a byte at a time. */
export function slicer(): () => Tamper {
  return () => ({
    toBroker: (bytes, { broker }) => slice(bytes, broker),
    toDesk: (bytes, { desk }) => slice(bytes, desk),
  });
}

function slice(bytes: Buffer, to: Socket): Buffer {
  to.setNoDelay(true);
  const cut = Math.min(bytes.length, MOST_SLICES);
  for (let index = 0; index < cut; index += 1) if (!to.destroyed) to.write(bytes.subarray(index, index + 1));
  return bytes.subarray(cut);
}

/** Of the first order's request so many bytes go through; then the connection is reset. */
export function resetRequest(bytes: number): () => Tamper {
  return onFirstOrder({
    request: (chunk, start, line) => {
      const part = chunk.subarray(0, start + Math.min(bytes, chunk.length - start - 1));
      line.broker.write(part, () => line.reset());
      return null;
    },
    answer: () => null,
  });
}

/** Of the answer to the first order so many bytes go through; then the connection is reset, or ended in peace. */
export function cutAnswer(bytes: number, how: "reset" | "end"): () => Tamper {
  return onFirstOrder({
    request: (chunk) => chunk,
    answer: (chunk, line) => {
      line.desk.write(chunk.subarray(0, Math.min(bytes, chunk.length - 1)), () => {
        if (how === "reset") line.reset();
        else line.desk.end();
      });
      return null;
    },
  });
}

/** The first order arrives, and from then on nothing comes back on its connection, which stays open. */
export function halfOpen(): () => Tamper {
  return onFirstOrder({ request: (chunk) => chunk, answer: () => null });
}

/** What happens on the connection of the first order that is seen; the others pass. */
function onFirstOrder(acts: {
  readonly request: (chunk: Buffer, start: number, line: Line) => Buffer | null;
  readonly answer: (chunk: Buffer, line: Line) => Buffer | null;
}): () => Tamper {
  let isSeen = false;
  return () => {
    let isMine = false;
    return {
      toBroker: (chunk, line) => {
        const start = chunk.indexOf(ORDER);
        if (isSeen || start < 0) return chunk;
        isSeen = true;
        isMine = true;
        return acts.request(chunk, start, line);
      },
      toDesk: (chunk, line) => (isMine ? acts.answer(chunk, line) : chunk),
    };
  };
}
