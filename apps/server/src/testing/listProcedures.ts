import { z } from "zod";
import { appRouter } from "../routers/index.ts";

const definition = z.object({
  type: z.enum(["query", "mutation", "subscription"]),
  inputs: z.array(z.unknown()),
  meta: z.object({ bucket: z.string(), token: z.enum(["none", "read", "stop", "order"]) }).optional(),
});

/** Every procedure of the router, by its path. */
export function listProcedures() {
  const procedures: object = appRouter._def.procedures;
  return Object.entries(procedures).map(([path, procedure]) => ({
    path,
    ...definition.parse(Reflect.get(procedure, "_def")),
  }));
}
