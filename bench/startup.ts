import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium, type Browser } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "../e2e/chromium.ts";
import { ALL, median, type Row } from "./Row.ts";
import { setUp } from "./setUp.ts";

const ROOT = path.resolve(fileURLToPath(import.meta.url), "../..");
const RUNS = 5;

/** Warm `npm start`: until it listens, and until the first quote stands on the screen of a browser that is already open. */
export async function benchStartup(): Promise<readonly Row[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "desk-bench-"));
  await using browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArguments });
  try {
    const cookie = await firstStart(dataDir);
    const runs: { listening: number; quote: number; bare: number }[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      runs.push({ ...(await timeStart(dataDir, browser, cookie)), bare: await timeBareNode() });
    }
    const bare = median(runs.map((run) => run.bare));
    const against = "`npm exec` of an empty script through node and tsx";
    return [
      {
        what: "warm `npm start` until it listens",
        value: median(runs.map((run) => run.listening)),
        unit: "ms",
        against,
        reference: bare,
        note: `median of ${RUNS}`,
        command: ALL,
      },
      {
        what: "warm `npm start` to the first quote on screen",
        value: median(runs.map((run) => run.quote)),
        unit: "ms",
        against,
        reference: bare,
        note: "an open Chromium goes to the dashboard as soon as the desk listens",
        command: ALL,
      },
    ];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function firstStart(dataDir: string): Promise<string> {
  await using desk = await npmStart(dataDir);
  // Awaited here: the desk is stopped when this function is left.
  return await setUp(desk.url);
}

async function timeStart(
  dataDir: string,
  browser: Browser,
  cookie: string,
): Promise<{ listening: number; quote: number }> {
  const startedAt = performance.now();
  await using desk = await npmStart(dataDir);
  const listening = performance.now() - startedAt;
  const [name = "", value = ""] = cookie.split("=");
  await using context = await browser.newContext();
  await context.addCookies([{ name, value, url: desk.url }]);
  const page = await context.newPage();
  await page.goto(desk.url);
  const quote = page.getByRole("region", { name: "Watchlist" }).getByRole("listitem").first().getByText("Streaming");
  await quote.waitFor({ state: "attached" });
  return { listening, quote: performance.now() - startedAt };
}

interface RunningDesk extends AsyncDisposable {
  readonly url: string;
}

async function npmStart(dataDir: string): Promise<RunningDesk> {
  const child = spawn("npm", ["start"], {
    cwd: ROOT,
    env: { ...process.env, PORT: "0", DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => {
      const found = /http:\/\/\S+/.exec(line)?.[0];
      if (found !== undefined) resolve(found);
    });
    void exited.then(() => reject(new Error("npm start ended before it listened")));
  });
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await exited;
      // npm ends before the server that it started does; the lock of the data folder tells when that has ended too.
      while (await answers(url)) await new Promise((resolve) => setTimeout(resolve, 50));
      await new Promise((resolve) => setTimeout(resolve, 500));
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`).then(
    () => true,
    () => false,
  );
}

/** What npm, node and tsx take before a line of ours runs. */
async function timeBareNode(): Promise<number> {
  const startedAt = performance.now();
  const child = spawn("npm", ["exec", "--no", "--", "node", "--import", "tsx", "-e", ""], {
    cwd: path.join(ROOT, "apps/server"),
    stdio: "ignore",
  });
  await once(child, "exit");
  return performance.now() - startedAt;
}
