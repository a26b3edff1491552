// The embedded engine: PGlite behind its socket server, in a worker thread, because in the main one it starves the event
// loop. Plain JavaScript, because on Node 20 tsx gives workers no TypeScript loader.
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { readFile, writeFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";

/** @typedef {{ dataDirectory: string; socketPath: string; templatePath: string | null }} EngineOptions */
/** @type {EngineOptions} */
const { dataDirectory, socketPath, templatePath } = workerData;

const engine = await PGlite.create({
  dataDir: dataDirectory,
  ...(templatePath === null ? {} : { loadDataDir: new Blob([await readFile(templatePath)]) }),
  // A desk's working set is small; the default of 128 MB costs that much memory for nothing.
  startParams: [...PGlite.defaultStartParams, "-c", "shared_buffers=8MB"],
});
const server = new PGLiteSocketServer({ db: engine, path: socketPath, maxConnections: 1 });
await server.start();

parentPort.on("message", (/** @type {{ type: "close" } | { type: "dump"; path: string }} */ message) => {
  const work = message.type === "dump" ? dump(message.path) : close();
  // Rejects into the worker's "error" event, which is where the owner listens.
  work.then((answer) => parentPort.postMessage(answer), (error) => queueMicrotask(() => { throw error; }));
});
parentPort.postMessage({ type: "ready" });

async function dump(path) {
  const archive = await engine.dumpDataDir("gzip");
  await writeFile(path, new Uint8Array(await archive.arrayBuffer()));
  return { type: "dumped" };
}

async function close() {
  await server.stop();
  await engine.exec("CHECKPOINT");
  await engine.close();
  return { type: "closed" };
}
