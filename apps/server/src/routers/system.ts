import { router, signedInProcedure } from "../trpc.ts";
import { readSystemInfo } from "../usecases/readSystemInfo.ts";
import { readSystemMetrics } from "../usecases/readSystemMetrics.ts";
import { systemInfo, systemMetrics } from "../wire/system.ts";

export const systemRouter = router({
  info: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .output(systemInfo)
    .query(({ ctx }) => readSystemInfo(ctx.desk)),

  metrics: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .output(systemMetrics)
    .query(({ ctx }) => readSystemMetrics(ctx.desk)),
});
