import { z } from "zod";
import { router, signedInProcedure, traderProcedure } from "../trpc.ts";
import { addConnection } from "../usecases/brokers/addConnection.ts";
import { connectBroker } from "../usecases/brokers/connectBroker.ts";
import { disconnectBroker } from "../usecases/brokers/disconnectBroker.ts";
import { listConnections } from "../usecases/brokers/listConnections.ts";
import { probePlaces } from "../usecases/brokers/probePlaces.ts";
import { readCatalog } from "../usecases/brokers/readCatalog.ts";
import { reconcileNow } from "../usecases/brokers/reconcileNow.ts";
import { removeConnection } from "../usecases/brokers/removeConnection.ts";
import { replaceCredentials } from "../usecases/brokers/replaceCredentials.ts";
import { watchConnections } from "../usecases/brokers/watchConnections.ts";
import { whileSignedIn } from "../auth/whileSignedIn.ts";
import {
  addConnectionInput,
  addedConnection,
  brokerCard,
  connection,
  connectionInput,
  connections,
  probedPlace,
  probeInput,
  replaceCredentialsInput,
  type ConnectionView,
} from "../wire/brokers.ts";

export const brokersRouter = router({
  catalog: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .output(z.array(brokerCard))
    .query(({ ctx }) => readCatalog(ctx.desk)),

  list: signedInProcedure
    .meta({ bucket: "read", token: "read" })
    .output(connections)
    .query(({ ctx }) => listConnections(ctx.desk, ctx.actor)),

  add: traderProcedure
    .meta({ bucket: "connect", token: "none" })
    .input(addConnectionInput)
    .output(addedConnection)
    .mutation(({ ctx, input, signal }) => addConnection(ctx.desk, ctx.actor, input, signal)),

  replaceCredentials: traderProcedure
    .meta({ bucket: "connect", token: "none" })
    .input(replaceCredentialsInput)
    .output(addedConnection)
    .mutation(({ ctx, input, signal }) => replaceCredentials(ctx.desk, ctx.actor, input, signal)),

  probe: traderProcedure
    .meta({ bucket: "probe", token: "none" })
    .input(probeInput)
    .output(z.array(probedPlace))
    .mutation(({ ctx, input, signal }) => probePlaces(ctx.desk, ctx.actor, input, signal)),

  connect: traderProcedure
    .meta({ bucket: "connect", token: "none" })
    .input(connectionInput)
    .output(connection)
    .mutation(({ ctx, input }) => connectBroker(ctx.desk, ctx.actor, input.connectionId)),

  disconnect: traderProcedure
    .meta({ bucket: "write", token: "none" })
    .input(connectionInput)
    .output(connection)
    .mutation(({ ctx, input }) => disconnectBroker(ctx.desk, ctx.actor, input.connectionId)),

  remove: traderProcedure
    .meta({ bucket: "write", token: "none" })
    .input(connectionInput)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => removeConnection(ctx.desk, ctx.actor, input.connectionId)),

  reconcile: traderProcedure
    .meta({ bucket: "write", token: "none" })
    .input(connectionInput)
    .output(connection)
    .mutation(({ ctx, input }) => reconcileNow(ctx.desk, ctx.actor, input.connectionId)),

  statuses: signedInProcedure
    .meta({ bucket: "subscribe", token: "none" })
    .subscription(({ ctx, signal }): AsyncGenerator<readonly ConnectionView[]> =>
      whileSignedIn(ctx, signal, (open) => watchConnections(ctx.desk, ctx.actor, open)),
    ),
});
