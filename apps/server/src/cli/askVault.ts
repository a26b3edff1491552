import { once } from "node:events";
import { createConnection } from "node:net";
import { linesOf, shortSocketPath } from "./controlSocket.ts";
import { vaultAnswer, type VaultAnswer, type VaultRequest } from "./vaultControl.ts";

/** What the system says where nobody listens; anything else proves nothing. */
const NOBODY: readonly string[] = ["ENOENT", "ECONNREFUSED"];

/** What the desk that runs on these files answers, whatever it takes; null where none runs. */
export async function askVault(path: string, request: VaultRequest): Promise<VaultAnswer | null> {
  const short = await shortSocketPath(path);
  const socket = createConnection(short.path);
  try {
    await once(socket, "connect");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "UNKNOWN";
    if (NOBODY.includes(code)) return null;
    return { error: `whether a desk runs on these files cannot be told: ${code} at its socket in DATA_DIR` };
  } finally {
    await short[Symbol.asyncDispose]();
  }
  try {
    socket.write(`${JSON.stringify(request)}\n`);
    for await (const line of linesOf(socket)) {
      const said: unknown = JSON.parse(line);
      const answer = vaultAnswer.safeParse(said);
      if (answer.success) return answer.data;
    }
    return { error: "the desk runs and did not answer to the end" };
  } finally {
    socket.destroy();
  }
}
