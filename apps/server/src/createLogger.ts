import { destination, pino, type DestinationStream, type Logger } from "pino";
import { describeError } from "./describeError.ts";

/** Wherever they turn up in what is logged, these are not written. */
const SECRETS = [
  "password",
  "currentPassword",
  "newPassword",
  "passwordHash",
  "token",
  "sessionToken",
  "ticket",
  "cookie",
  "authorization",
  "credentials",
  "apiKey",
  "secret",
  "key",
];

/** Logs as JSON lines on stderr: stdout is for the one line with the address. */
export function createLogger(level: string, to: DestinationStream = destination({ fd: 2, sync: true })): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: { err: describeError },
      redact: {
        paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*["set-cookie"]`]).filter(
          (path, index, all) => all.indexOf(path) === index,
        ),
        censor: "[redacted]",
      },
    },
    to,
  );
}
