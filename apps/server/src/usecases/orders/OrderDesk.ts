import type { ConnectionId } from "@trenddojo/brokers/domain";
import type { ConnectionRow } from "@trenddojo/db";
import type { OrderHost } from "../../connections/OrderHost.ts";
import type { Desk } from "../../Desk.ts";

/** What a cancel and a change need of the desk. */
export interface OrderDesk extends Pick<Desk, "db" | "clock" | "bus" | "journal" | "failPoint" | "lastHalts"> {
  readonly live: Pick<Desk["live"], "issuesOf" | "touch" | "mayTrade">;
  readonly connections: {
    find(id: ConnectionId): OrderHost | undefined;
    /** @throws DeskError NOT_CONNECTED */
    require(connection: ConnectionRow): OrderHost;
  };
}
