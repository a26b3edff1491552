import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { z } from "zod";

const run = promisify(execFile);
const figure = z.number().positive();
const compared = z.object({ deliveriesPerSecond: figure, toBare: figure });
const figures = z.object({
  "A 10 bare ws": compared,
  "A 10 ours": compared,
  "E 10 ours": compared,
  "C ours": z.object({ mebibytes: z.array(figure).length(6) }),
  D: z.object({ stormMs: figure, afterCutMs: figure }),
  F: z.object({ ticksPerSecond: figure, deliveriesPerSecond: figure }),
});

it("[QH24] the streams' benchmark runs every scenario and says so in its last line", async () => {
  const options = "--rounds 1 --seconds 1 --stallSeconds 0.6 --clients 10 --only A,C,D,E,F --variants".split(" ");
  const { stdout } = await run(
    process.execPath,
    ["--import", "tsx", "bench/stream/main.ts", ...options, "bare ws,ours"],
    { cwd: fileURLToPath(new URL("../..", import.meta.url)) },
  );
  // Figures so short say nothing of the desk; that each scenario delivered to its clients they do.
  figures.parse(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? ""));
  expect(stdout).toContain("C: 10 clients");
});
