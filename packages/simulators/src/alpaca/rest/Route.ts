import type { SimulatedAccount } from "../account/SimulatedAccount.ts";

/** A request whose credentials were right. */
export interface ApiRequest {
  readonly account: SimulatedAccount;
  /** What stands for `{name}` in the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The body's JSON; undefined without one. */
  readonly body: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  /** Absent for an answer without a body. */
  readonly body?: unknown;
}

/** Which of the vendor's two services answers: each has its own budget and its own errors. */
export type Service = "trading" | "data";

export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** As the OpenAPI documents write it: "/v2/orders/{order_id}". */
  readonly path: string;
  readonly service: Service;
  readonly answer: (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>;
}

export const ok = (body: unknown): ApiAnswer => ({ status: 200, body });
