import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock, Random } from "@trenddojo/brokers/domain";
import type { SimulatedAccount } from "../account/SimulatedAccount.ts";
import type { RequestAct } from "../faults/FaultRule.ts";
import type { FaultScript } from "../faults/FaultScript.ts";
import type { SimulatorJournal } from "../SimulatorJournal.ts";
import { ApiRefusal } from "../wire/ApiRefusal.ts";
import { uuid } from "../wire/ids.ts";
import { toJson } from "../wire/marketCodec.ts";
import { routeFinder, type FoundRoute } from "./findRoute.ts";
import { RateBudget } from "./RateBudget.ts";
import { dataRefusal } from "./dataQuery.ts";
import type { ApiAnswer, Route, Service } from "./Route.ts";

const LARGEST_BODY = 1_048_576;
/** Characters of a refusal that the journal keeps. */
const LONGEST_ERROR = 500;
const KEY_HEADER = "apca-api-key-id";
const SECRET_HEADER = "apca-api-secret-key";

export interface ApiServerParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly accounts: ReadonlyMap<string, SimulatedAccount>;
  readonly routes: readonly Route[];
  readonly faults: FaultScript;
  readonly journal: SimulatorJournal;
  readonly requestsPerMinute: number;
  /** Ends what is still under way. */
  readonly signal: AbortSignal;
}

interface Written {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Call {
  readonly method: string;
  readonly url: URL;
  readonly key: string | null;
  readonly secret: string | null;
  readonly body: string;
  readonly found: FoundRoute | undefined;
  readonly service: Service;
}

/** Answers HTTP as the vendor's two services do. */
export class ApiServer {
  readonly #parts: ApiServerParts;
  readonly #find: (method: string, path: string) => FoundRoute | undefined;
  readonly #budgets = new Map<string, RateBudget>();

  constructor(parts: ApiServerParts) {
    this.#parts = parts;
    this.#find = routeFinder(parts.routes);
  }

  /** Never rejects: what goes wrong is a 500, or a connection that is cut. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.sendDate = false;
    const id = uuid(this.#parts.random);
    try {
      await this.#serve(await this.#read(request), id, response);
    } catch {
      response.destroy();
    }
  }

  async #read(request: IncomingMessage): Promise<Call> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of request) {
      const bytes: Uint8Array = chunk;
      size += bytes.length;
      if (size <= LARGEST_BODY) chunks.push(bytes);
    }
    const method = request.method ?? "GET";
    const url = new URL(request.url ?? "/", "http://simulator");
    const header = (name: string): string | null => {
      const value = request.headers[name];
      return typeof value === "string" ? value : null;
    };
    const found = this.#find(method, url.pathname);
    const isData = url.pathname.startsWith("/v2/stocks") || url.pathname.startsWith("/v1beta");
    return {
      method,
      url,
      key: header(KEY_HEADER),
      secret: header(SECRET_HEADER),
      body: Buffer.concat(chunks).toString("utf8"),
      found,
      service: found?.route.service ?? (isData ? "data" : "trading"),
    };
  }

  async #serve(call: Call, id: string, response: ServerResponse): Promise<void> {
    const { faults, clock, signal } = this.#parts;
    const act = faults.onRequest(call.method, call.url.pathname, call.found?.route.path);
    if (act?.kind === "drop" && act.when === "before") return this.#drop(call, id, response);
    if (act?.kind === "answer" && act.when === "before")
      return this.#send(call, id, response, faulty(act, this.#budget(call)));
    if (act?.kind === "delay" && act.when === "before") await clock.sleep(act.ms, { signal });
    const limits = this.#budget(call);
    const answer = await this.#answer(call, limits);
    const account = call.key === null ? undefined : this.#parts.accounts.get(call.key);
    if (act?.kind === "delay" && act.when === "after") {
      account?.flush();
      await clock.sleep(act.ms, { signal });
    }
    if (act?.kind === "drop") this.#drop(call, id, response);
    else if (act?.kind === "answer") this.#send(call, id, response, faulty(act, limits));
    else if (act?.kind === "truncate") this.#truncate(call, id, response, answer, act.bytes);
    else this.#send(call, id, response, answer);
    account?.flush();
  }

  async #answer(call: Call, limits: ReturnType<RateBudget["spend"]> | null): Promise<Written> {
    const headers = limits?.headers ?? {};
    try {
      const answer = await this.#call(call, limits);
      return { status: answer.status, headers, body: answer.body === undefined ? "" : toJson(answer.body) };
    } catch (error) {
      if (error instanceof ApiRefusal) return { status: error.status, headers, body: toJson(error.body) };
      const message = error instanceof Error ? `${error.name}: ${error.message}` : "internal server error occurred";
      return { status: 500, headers, body: toJson({ code: 50010000, message: `simulator: ${message}` }) };
    }
  }

  async #call(
    { found, service, key, secret, url, body }: Call,
    limits: ReturnType<RateBudget["spend"]> | null,
  ): Promise<ApiAnswer> {
    const account = key === null ? undefined : this.#parts.accounts.get(key);
    if (account === undefined || secret === null || !account.isSecret(secret)) throw unauthorized(service, key);
    if (limits?.isExceeded === true) {
      throw service === "data"
        ? dataRefusal(429, "too many requests.")
        : new ApiRefusal(429, 42910000, "rate limit exceeded");
    }
    if (found === undefined) {
      throw service === "data"
        ? dataRefusal(404, "endpoint not found.")
        : new ApiRefusal(404, 40410000, "endpoint not found.");
    }
    const answer = await found.route.answer({
      account,
      params: found.params,
      query: url.searchParams,
      body: parsed(body),
    });
    account.commit();
    return answer;
  }

  /** Each key has a budget with each service; who is not known has none. */
  #budget({ key, service }: Call): ReturnType<RateBudget["spend"]> | null {
    if (key === null || !this.#parts.accounts.has(key)) return null;
    const name = `${service} ${key}`;
    let budget = this.#budgets.get(name);
    if (budget === undefined) this.#budgets.set(name, (budget = new RateBudget(this.#parts.requestsPerMinute)));
    return budget.spend(this.#parts.clock.now());
  }

  #send(call: Call, id: string, response: ServerResponse, { status, headers, body }: Written): void {
    this.#record(call, id, { status, body });
    const isEmpty = status === 204;
    response.writeHead(status, {
      ...(isEmpty ? {} : { "Content-Type": "application/json; charset=UTF-8" }),
      ...(isEmpty ? {} : { "Content-Length": String(Buffer.byteLength(body)) }),
      Date: new Date(this.#parts.clock.now()).toUTCString(),
      "X-Request-ID": id,
      ...headers,
    });
    response.end(isEmpty ? undefined : body);
  }

  #truncate(call: Call, id: string, response: ServerResponse, { status, headers, body }: Written, bytes: number): void {
    this.#record(call, id, { status, body });
    const whole = Buffer.from(body);
    response.writeHead(status, {
      "Content-Type": "application/json; charset=UTF-8",
      "Content-Length": String(whole.length),
      "X-Request-ID": id,
      ...headers,
    });
    response.write(whole.subarray(0, bytes), () => response.destroy());
  }

  #drop(call: Call, id: string, response: ServerResponse): void {
    this.#record(call, id, null);
    response.destroy();
  }

  #record(
    { method, url, key, body }: Call,
    id: string,
    answer: { readonly status: number; readonly body: string } | null,
  ): void {
    const { clock, journal } = this.#parts;
    const path = url.pathname + url.search;
    const status = answer?.status ?? null;
    const error = answer !== null && answer.status >= 400 ? { error: answer.body.slice(0, LONGEST_ERROR) } : {};
    journal.record({ kind: "request", at: clock.now(), id, method, path, key, body: readable(body), status, ...error });
  }
}

function faulty(act: Extract<RequestAct, { kind: "answer" }>, limits: ReturnType<RateBudget["spend"]> | null): Written {
  return {
    status: act.status,
    headers: { ...(act.withRateLimit ? limits?.headers : {}), ...act.headers },
    body: act.body,
  };
}

/** The trading service says 401; the data service 403 to a wrong key and 401 to none. */
function unauthorized(service: Service, key: string | null): ApiRefusal {
  if (service === "trading") return new ApiRefusal(401, 40110000, "request is not authorized");
  return key === null ? dataRefusal(401, "authorization required.") : dataRefusal(403, "forbidden.");
}

/** @throws ApiRefusal for a body that is not JSON. */
function parsed(body: string): unknown {
  if (body === "") return undefined;
  try {
    return JSON.parse(body);
  } catch {
    throw new ApiRefusal(400, 40010000, "failed to decode request body");
  }
}

function readable(body: string): unknown {
  try {
    return body === "" ? undefined : JSON.parse(body);
  } catch {
    return body;
  }
}
