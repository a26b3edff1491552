import { once } from "node:events";
import { connect } from "node:net";
import { DbError } from "../DbError.ts";

const ANSWER_TIMEOUT_MS = 10_000;
/** https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-SSLREQUEST */
const SSL_REQUEST = Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f);
/** "S" and "N": it would, or would not, speak TLS; "E": it is too old to know the question. */
const POSTGRES_ANSWERS = ["S", "N", "E"];

/**
 * Asks whether Postgres is what answers at a URL, because against anything else (a web server, a port that accepts and
 * closes) the driver tries again for ever. Does not ask where the URL names a unix socket.
 * @throws DbError DATABASE_UNREACHABLE; the network's own errors
 */
export async function assertPostgresAnswers(databaseUrl: string, address: string): Promise<void> {
  const { hostname, port } = new URL(databaseUrl);
  if (hostname === "") return;
  const socket = connect({ host: hostname.replace(/^\[(.*)\]$/, "$1"), port: port === "" ? 5432 : Number(port) });
  socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy(timedOut()));
  try {
    await once(socket, "connect");
    const answer = firstByte(socket);
    socket.write(SSL_REQUEST);
    if (POSTGRES_ANSWERS.includes(await answer)) return;
  } finally {
    socket.destroy();
  }
  throw new DbError("DATABASE_UNREACHABLE", `what answers at ${address} is not Postgres; correct DATABASE_URL`, {
    details: { address },
  });
}

/** Empty where the other side hangs up without a word. */
async function firstByte(socket: AsyncIterable<Buffer>): Promise<string> {
  for await (const chunk of socket) return chunk.toString("latin1", 0, 1);
  return "";
}

function timedOut(): Error {
  return Object.assign(new Error("no answer in time"), { code: "CONNECT_TIMEOUT" });
}
