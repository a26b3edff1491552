import type { z } from "zod";
import type { CallOptions } from "../../BrokerClient.ts";
import { throwIfAborted } from "../../brokerCall.ts";
import { ALPACA } from "../alpacaName.ts";
import type { AlpacaTransport, RestAnswer, RestRequest } from "./AlpacaTransport.ts";
import { parseExactJson } from "./exactJson.ts";
import { toBrokerError, unreadable } from "./toBrokerError.ts";

/**
 * One request and its answer, read.
 * @throws BrokerError for every refusal and every answer that is not what the schema says; of a request that changes
 * something the outcome is `unknown` unless Alpaca said in words that it refused.
 */
export async function callAlpaca<Output>(
  transport: AlpacaTransport,
  request: RestRequest,
  schema: z.ZodType<Output>,
  options: CallOptions = {},
): Promise<Output> {
  const answer = await exchange(transport, request, options);
  let value: unknown;
  try {
    value = parseExactJson(answer.body);
  } catch {
    throw unreadable(request, answer, "it is not JSON");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadable(request, answer, `${issue?.path.map(String).join(".") ?? "it"}: ${issue?.message ?? "unfit"}`);
}

/** As `callAlpaca`, for an answer without a body. */
export async function tellAlpaca(
  transport: AlpacaTransport,
  request: RestRequest,
  options: CallOptions = {},
): Promise<void> {
  await exchange(transport, request, options);
}

async function exchange(transport: AlpacaTransport, request: RestRequest, options: CallOptions): Promise<RestAnswer> {
  throwIfAborted(ALPACA, options);
  const answer = await transport.send(request, options);
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw toBrokerError(request, answer);
}
