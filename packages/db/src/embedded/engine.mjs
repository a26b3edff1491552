// The embedded engine: PGlite behind its socket server, in a worker thread, because in the main one it starves the event
// loop. Plain JavaScript, because on Node 20 tsx gives workers no TypeScript loader.
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { parentPort, workerData } from "node:worker_threads";

/** @type {Omit<import("./Engine.ts").EngineOptions, "clock">} */
const { dataDirectory, socketPath } = workerData;

const engine = await PGlite.create({
  dataDir: dataDirectory,
  // A desk's working set is small; the default of 128 MB costs that much memory for nothing.
  startParams: [...PGlite.defaultStartParams, "-c", "shared_buffers=8MB"],
});
const server = new PGLiteSocketServer({ db: engine, path: socketPath, maxConnections: 1 });
await server.start();
const closing = new Promise((resolve) => {
  // Nothing is answered while a statement runs: the engine works in this thread.
  parentPort.on("message", (message) => (message === "alive?" ? parentPort.postMessage("alive") : resolve()));
});
parentPort.postMessage("ready");

await closing;
await server.stop();
await engine.exec("CHECKPOINT");
await engine.close();
parentPort.postMessage("closed");
