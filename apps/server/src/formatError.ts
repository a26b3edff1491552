import { TRPCError, type TRPCDefaultErrorShape } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { Context } from "./context.ts";
import { ERROR_TRAITS } from "./errorMap.ts";
import { deskErrorData } from "./http/deskReply.ts";
import { toDeskError } from "./toDeskError.ts";

interface FormatterInput {
  readonly error: TRPCError;
  readonly path: string | undefined;
  readonly ctx: Context | undefined;
  readonly shape: TRPCDefaultErrorShape;
}

/**
 * What leaves the server of an error: the desk's code, sentence and way out under `data.desk`, and nothing of the
 * stack, the cause or an unexpected message. Those go to the log, under the same request id.
 */
export function formatError({ error, path, ctx, shape }: FormatterInput) {
  const refusal = toDeskError(error);
  const { trpc } = ERROR_TRAITS[refusal.code];
  const requestId = ctx?.nextErrorId() ?? "unread";
  if (refusal.code === "INTERNAL") ctx?.log.error({ requestId, path, err: error.cause ?? error }, "call failed");
  else ctx?.log.info({ requestId, path, code: refusal.code }, "call refused");
  const desk = deskErrorData(refusal, requestId);
  // A status that tRPC gave itself (405, 413, 415) is kept where it says more than ours.
  const code = refusal.code === "INVALID_INPUT" && shape.data.httpStatus < 500 ? shape.data.code : trpc;
  return {
    message: refusal.message,
    code: TRPC_ERROR_CODES_BY_KEY[code],
    data: {
      code,
      httpStatus: getHTTPStatusCodeFromError(new TRPCError({ code })),
      ...(path === undefined ? {} : { path }),
      desk,
    },
  };
}
