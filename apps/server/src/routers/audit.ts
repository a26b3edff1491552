import { router, signedInProcedure } from "../trpc.ts";
import { listAudit } from "../usecases/audit/listAudit.ts";
import { verifyAudit } from "../usecases/audit/verifyAudit.ts";
import { auditPage, auditVerification, listAuditInput } from "../wire/audit.ts";

export const auditRouter = router({
  list: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .input(listAuditInput)
    .output(auditPage)
    .query(({ ctx, input }) => listAudit(ctx.desk, ctx.actor, input)),

  verify: signedInProcedure
    .meta({ bucket: "verify", token: "read" })
    .output(auditVerification)
    .query(({ ctx }) => verifyAudit(ctx.desk, ctx.actor)),
});
