import { createTRPCClient, httpLink, type TRPCClient } from "@trpc/client";
import type { AppRouter } from "../routers/index.ts";

/** A program: tRPC over HTTP with a token, and no Origin. `headers` are sent along. */
export function createProgram(
  url: string,
  token: string,
  headers: Readonly<Record<string, string>> = {},
): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/trpc`, headers: { ...headers, authorization: `Bearer ${token}` } })],
  });
}
