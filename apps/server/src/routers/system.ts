import { router, signedInProcedure } from "../trpc.ts";
import { readSystemInfo } from "../usecases/readSystemInfo.ts";
import { systemInfo } from "../wire/system.ts";

export const systemRouter = router({
  info: signedInProcedure
    .meta({ bucket: "read" })
    .output(systemInfo)
    .query(({ ctx }) => readSystemInfo(ctx.desk)),
});
