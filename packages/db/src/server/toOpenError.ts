import { DbError } from "../DbError.ts";
import { findErrorCode, findPostgresError } from "../driverError.ts";

/** Why a server's database did not open, in one line without a secret. `address`: "host:port/database". */
export function toOpenError(error: unknown, address: string): DbError {
  if (error instanceof DbError) return error;
  const refusal = findPostgresError(error);
  if (refusal !== undefined) {
    const details = { address, sqlState: refusal.code };
    // https://www.postgresql.org/docs/current/errcodes-appendix.html: class 28 is invalid authorization.
    if (refusal.code.startsWith("28")) {
      return new DbError(
        "DATABASE_AUTH_FAILED",
        `the database server at ${address} refuses the user or the password; correct DATABASE_URL`,
        { details, cause: error },
      );
    }
    if (refusal.code === "3D000") {
      return new DbError("DATABASE_MISSING", `the server has no database ${address}; create it, then start again`, {
        details,
        cause: error,
      });
    }
  }
  const code = findErrorCode(error) ?? "no answer";
  return new DbError(
    "DATABASE_UNREACHABLE",
    `no Postgres answers at ${address} (${code}); start it or correct DATABASE_URL`,
    { details: { address, code }, cause: error },
  );
}
