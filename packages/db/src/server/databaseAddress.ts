import { DbError } from "../DbError.ts";

/**
 * "host:port/database" of a postgres:// URL, for messages: no user, no password.
 * @throws DbError BAD_DATABASE_URL; its message never repeats the URL, which may hold a password.
 */
export function databaseAddress(databaseUrl: string): string {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null;
  const isPostgres = url?.protocol === "postgres:" || url?.protocol === "postgresql:";
  const database = url?.pathname.slice(1) ?? "";
  if (url === null || !isPostgres || database === "") {
    throw new DbError(
      "BAD_DATABASE_URL",
      "DATABASE_URL is not of the form postgres://user:password@host:5432/database; correct it, or unset it to use the embedded database",
    );
  }
  return `${url.hostname === "" ? "localhost" : url.hostname}:${url.port === "" ? "5432" : url.port}/${database}`;
}
