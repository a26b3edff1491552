import type { Row } from "./Row.ts";
import { commandOf, runScript, type Script } from "./runScript.ts";

const SERVER = "apps/server";
/** Goals in milliseconds. */
const GATE = 2;
const HALT = 1_000;
const CANCEL = 100;
const BOOT = 5_000;
const WIRE = { server: 25, embedded: 50 } as const;

interface Measured {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly p50?: number;
}

interface CancelWait {
  readonly name: string;
  readonly queued: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** The rules before the wire, alone and with the store, and the kill switch over 200 orders. */
export function benchRisk(): readonly Row[] {
  return [
    { folder: "packages/brokers", file: "bench/riskGate.ts" },
    { folder: SERVER, file: "bench/killSwitch.ts" },
  ].flatMap((script) =>
    runScript<Measured>(script).map(({ name, unit, value, p50 }) => ({
      what: name,
      value,
      unit,
      against: "the goal",
      reference: name.startsWith("risk gate") ? GATE : HALT,
      note: p50 === undefined ? "embedded store, once" : `median ${p50} ms`,
      command: commandOf(script),
    })),
  );
}

/** How long a cancel waits behind everything else. */
export function benchCancels(): readonly Row[] {
  const script = { folder: "packages/brokers", file: "bench/schedulerCancel.ts" };
  return runScript<CancelWait>(script).map(({ name, queued, p50Ms, p99Ms }) => ({
    what: `${name} (p99)`,
    value: p99Ms,
    unit: "ms",
    against: "the goal",
    reference: CANCEL,
    note: `behind ${queued} requests; median ${p50Ms} ms`,
    command: commandOf(script),
  }));
}

/** An order's way to the wire at 300 a second, on each kind of store, beside a bare insert at the same rate. */
export function benchOrderPath(): readonly Row[] {
  return (["server", "embedded"] as const).flatMap((store) => {
    const script = { folder: SERVER, file: "bench/orderPath.ts", args: ["--store", store] };
    const figures = new Map(
      runScript<Measured>(script).map(({ name, value }) => [name.replace(`${store}: `, ""), value]),
    );
    const figure = (name: string): number => figures.get(name) ?? Number.NaN;
    if (figures.size === 0) return [];
    const row = {
      what: `an order from its request to the wire, 300 a second, ${store} store (p99)`,
      value: figure("request to wire, p99"),
      unit: "ms",
      note: `median ${figure("request to wire, p50")} ms; ${figure("orders refused or lost")} of ${figure("orders asked for")} refused; ${figure("the desk's CPU an order")} ms of CPU each`,
      command: commandOf(script),
    };
    return [
      { ...row, against: "the goal", reference: WIRE[store] },
      { ...row, against: "a bare insert at that rate (p99)", reference: figure("bare insert, p99") },
    ];
  });
}

/** Until everything is reconciled, with many open orders and a long audit log. */
export function benchBoot(): readonly Row[] {
  const script: Script = { folder: SERVER, file: "bench/boot.ts" };
  return runScript<Measured>(script)
    .filter(({ name }) => name.startsWith("start to reconciled"))
    .map(({ name, unit, value }) => ({
      what: name,
      value,
      unit,
      against: "the goal",
      reference: BOOT,
      note: "median of 3, store on a Postgres server",
      command: commandOf(script),
    }));
}
