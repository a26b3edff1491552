import { loadavg } from "node:os";
import type { CDPSession, Page } from "@playwright/test";

/** What a page did while prices came. */
interface LoadFigures {
  readonly seconds: number;
  readonly framesPerSecond: number;
  /** The longest time between two frames, milliseconds. */
  readonly longestFrameMs: number;
  /** From a click to the next painted frame, milliseconds: the 98th of a hundred. */
  readonly clickP98Ms: number;
  readonly clicks: number;
  readonly messages: number;
  /** After a collection each time; bytes. */
  readonly heapBytes: readonly number[];
  readonly domNodes: readonly number[];
  /** Of the machine, over the last minute: what else ran beside it. */
  readonly machineLoad: number;
}

interface LoadOptions {
  readonly seconds: number;
  /** How much slower than this machine the page's processor is. */
  readonly cpuThrottle: number;
  /** Clicks something that answers, once a second. */
  readonly click: () => Promise<void>;
  /** Seconds between two looks at the heap. */
  readonly heapEverySeconds: number;
}

/** Watches a page for so long, on a slowed processor. Asserts nothing: it only measures. */
export async function watchLoad(page: Page, options: LoadOptions): Promise<LoadFigures> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: options.cpuThrottle });
  let messages = 0;
  await session.send("Network.enable");
  session.on("Network.webSocketFrameReceived", () => (messages += 1));
  const heapBytes = [await heapAfterCollection(session)];
  const domNodes = [await nodeCount(session)];
  await page.evaluate(startWatch);
  for (let second = 1; second <= options.seconds; second += 1) {
    await page.waitForTimeout(700);
    await options.click();
    await page.waitForTimeout(300);
    if (second % options.heapEverySeconds !== 0) continue;
    await page.evaluate(() => dispatchEvent(new Event("desk-watch-pause")));
    heapBytes.push(await heapAfterCollection(session));
    domNodes.push(await nodeCount(session));
    await page.evaluate(() => dispatchEvent(new Event("desk-watch-resume")));
  }
  const seen = await page.evaluate(endWatch);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await session.detach();
  const clicks = seen.clicks.toSorted((a, b) => a - b);
  return {
    seconds: seen.watchedMs / 1_000,
    framesPerSecond: (seen.frames * 1_000) / seen.watchedMs,
    longestFrameMs: seen.longestMs,
    clickP98Ms: clicks[Math.ceil(clicks.length * 0.98) - 1] ?? 0,
    clicks: clicks.length,
    messages,
    heapBytes,
    domNodes,
    machineLoad: loadavg()[0] ?? 0,
  };
}

async function heapAfterCollection(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
}

async function nodeCount(session: CDPSession): Promise<number> {
  return (await session.send("Memory.getDOMCounters")).nodes;
}

interface Watch {
  frames: number;
  watchedMs: number;
  longestMs: number;
  readonly clicks: number[];
}

/** Runs in the page; what it finds waits in a property of the window. */
function startWatch(): void {
  const watch: Watch = { frames: 0, watchedMs: 0, longestMs: 0, clicks: [] };
  Reflect.set(window, "deskWatch", watch);
  // A collection stops the page; it is ours and not the page's.
  let before: number | null = null;
  let isPaused = false;
  addEventListener("desk-watch-pause", () => (isPaused = true));
  addEventListener("desk-watch-resume", () => {
    isPaused = false;
    before = null;
  });
  const frame = (at: number): void => {
    if (!isPaused && before !== null) {
      watch.frames += 1;
      watch.watchedMs += at - before;
      watch.longestMs = Math.max(watch.longestMs, at - before);
    }
    before = at;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  addEventListener(
    "click",
    (event) => {
      // The frame after this click's is painted once the next one is asked for.
      requestAnimationFrame(() => setTimeout(() => watch.clicks.push(performance.now() - event.timeStamp)));
    },
    { capture: true },
  );
}

function endWatch(): Watch {
  const watch: unknown = Reflect.get(window, "deskWatch");
  const number = (name: string): number => {
    const value: unknown = typeof watch === "object" && watch !== null ? Reflect.get(watch, name) : 0;
    return typeof value === "number" ? value : 0;
  };
  const clicks: unknown = typeof watch === "object" && watch !== null ? Reflect.get(watch, "clicks") : [];
  return {
    frames: number("frames"),
    watchedMs: number("watchedMs"),
    longestMs: number("longestMs"),
    clicks: Array.isArray(clicks) ? clicks.map(Number) : [],
  };
}
