import { once } from "node:events";
import { DbError } from "../../DbError.ts";
import { lockDirectory } from "../../embedded/DirectoryLock.ts";

/** Takes the lock of the folder in its first argument, says so, and releases it when its input ends. */
const [folder = ""] = process.argv.slice(2);
try {
  await using lock = await lockDirectory(folder);
  process.stdout.write(`LOCKED ${lock.number}\n`);
  process.stdin.resume();
  await once(process.stdin, "end");
} catch (error) {
  if (!(error instanceof DbError)) throw error;
  process.stdout.write(`${error.code} ${error.details["pid"]}\n`);
}
