import { TRPCClientError } from "@trpc/client";
import { deskErrorData, type DeskErrorData } from "../wire/errors.ts";

/** The desk's error data of a call that must be refused. @throws Error when it is not, or not by the desk */
export async function refusalOf(call: Promise<unknown>): Promise<DeskErrorData & { readonly httpStatus: number }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;
    const data: unknown = error.data;
    const { desk, httpStatus } = Object(data);
    return { ...deskErrorData.parse(desk), httpStatus };
  }
  throw new Error("the call was not refused");
}
