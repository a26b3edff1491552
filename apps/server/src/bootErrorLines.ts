import { KeyFileError, ReplayError } from "@trenddojo/brokers";
import { DbError } from "@trenddojo/db";
import { SigningKeyError } from "./audit/SigningKey.ts";
import { EnvError } from "./env.ts";

/** What a person reads when the desk does not start: what is wrong and what to do, one line each, never a stack. */
export function bootErrorLines(error: unknown): string {
  return reasonOf(error)
    .split("\n")
    .map((line) => `trenddojo: ${line}\n`)
    .join("");
}

function reasonOf(error: unknown): string {
  if (error instanceof EnvError || error instanceof SigningKeyError) return error.message;
  if (error instanceof DbError || error instanceof KeyFileError || error instanceof ReplayError)
    return oneLine(error.message);
  if (!(error instanceof Error)) return "could not start for an unknown reason";
  const port = "port" in error && typeof error.port === "number" ? error.port : "";
  const address = "address" in error && typeof error.address === "string" ? error.address : "";
  switch ("code" in error ? error.code : undefined) {
    case "EADDRINUSE":
      return `port ${port} on ${address} is in use: stop what listens there, or set PORT to another one`;
    case "EADDRNOTAVAIL":
      return `this machine has no address ${address}: set HOST to one that it has`;
    case "EACCES":
    case "EPERM":
      return port === ""
        ? `not permitted: ${oneLine(error.message)}`
        : `port ${port} may not be used by this user: set PORT to one above 1023`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "HOST cannot be resolved: set it to an address of this machine";
    default:
      return `could not start: ${oneLine(error.message)}`;
  }
}

function oneLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
