// The embedded engine: PGlite behind its socket server, in a worker thread, because in the main one it starves the event
// loop. Plain JavaScript, because on Node 20 tsx gives workers no TypeScript loader.
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { once } from "node:events";
import { parentPort, workerData } from "node:worker_threads";

/** @type {import("./Engine.ts").EngineOptions} */
const { dataDirectory, socketPath } = workerData;

const engine = await PGlite.create({
  dataDir: dataDirectory,
  // A desk's working set is small; the default of 128 MB costs that much memory for nothing.
  startParams: [...PGlite.defaultStartParams, "-c", "shared_buffers=8MB"],
});
const server = new PGLiteSocketServer({ db: engine, path: socketPath, maxConnections: 1 });
await server.start();
parentPort.postMessage("ready");

await once(parentPort, "message");
await server.stop();
await engine.exec("CHECKPOINT");
await engine.close();
parentPort.postMessage("closed");
