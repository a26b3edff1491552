import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { UsageError } from "./parseCommand.ts";

export const AUDIT_USAGE = `pnpm desk audit verify [--checkpoints FILE]
    Re-hashes the audit log and holds it to its signed checkpoints; with the desk running or not. Ends with 0 where every
    row is as it was written, and with 1 where not: it names the first bad row. FILE is a copy of the checkpoints that
    was kept elsewhere.
pnpm desk audit export --out FOLDER
    Writes the log, its checkpoints, the public keys and verify.mjs, which needs only Node, into a new folder.
pnpm desk audit grants ROLE
    SQL that lets ROLE of a Postgres server run the desk without the right to change the log; for psql -1, as the owner.
`;

export type AuditCommand =
  | { readonly command: "verify"; readonly checkpoints: string | null }
  | { readonly command: "export"; readonly folder: string }
  | { readonly command: "grants"; readonly role: string };

/** @param from the folder that relative paths are meant from. @throws UsageError */
export function parseAuditCommand(args: readonly string[], from: string): AuditCommand {
  const { positionals, values } = read(args);
  const [command = "", name, ...more] = positionals;
  if (more.length > 0 || (name !== undefined && command !== "grants")) {
    throw new UsageError(`"${more[0] ?? name ?? ""}" is not understood`);
  }
  switch (command) {
    case "verify":
      return { command, checkpoints: values.checkpoints === undefined ? null : resolve(from, values.checkpoints) };
    case "export":
      if (values.out === undefined || values.out === "") throw new UsageError("export needs --out FOLDER");
      return { command, folder: resolve(from, values.out) };
    case "grants":
      if (name === undefined || name === "") throw new UsageError("grants needs the name of a role");
      return { command, role: name };
    default:
      throw new UsageError(`there is no command "audit ${command}"`);
  }
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { checkpoints: { type: "string" }, out: { type: "string" } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "the command is not understood");
  }
}
