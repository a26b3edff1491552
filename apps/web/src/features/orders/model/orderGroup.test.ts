import type { OrderView } from "@trenddojo/server/wire";
import { expect, test } from "vitest";
import { aLinkedOrder, anOrder } from "../../../testing/builders.ts";
import { endsWithCancel, groupTogether } from "./orderGroup.ts";
import { stateText } from "./orderStateText.ts";

const ids = (orders: readonly OrderView[]) => orders.map(({ id }) => id);

test("[UO20] linked orders stand together where the first of them stands: entry, profit, stop", () => {
  const before = anOrder({ id: "before" });
  const between = anOrder({ id: "between" });
  const [entry, profit, stop] = [aLinkedOrder("entry"), aLinkedOrder("take_profit"), aLinkedOrder("stop_loss")];
  expect(ids(groupTogether([before, stop, between, profit, entry]))).toEqual([
    "before",
    "entry",
    "take_profit",
    "stop_loss",
    "between",
  ]);
  const other = aLinkedOrder("entry", { id: "other", group: { leaderId: "other", orderClass: "oto", role: "entry" } });
  expect(ids(groupTogether([stop, other, profit]))).toEqual(["take_profit", "stop_loss", "other"]);
});

test("[UO21] a cancel says what else ends: the exits of an entry, the other exit, and an entry that still waits", () => {
  const oto = (role: "entry" | "stop_loss") => ({ leaderId: "entry", orderClass: "oto", role }) as const;
  expect(endsWithCancel(anOrder())).toBeUndefined();
  expect(endsWithCancel(aLinkedOrder("entry"))).toBe("both its exits");
  expect(endsWithCancel(aLinkedOrder("take_profit"))).toBe("the other exit");
  expect(endsWithCancel(aLinkedOrder("stop_loss", { isHeld: true }))).toBe("its entry and the other exit");
  expect(endsWithCancel(aLinkedOrder("entry", { group: oto("entry") }))).toBe("its exit");
  expect(endsWithCancel(aLinkedOrder("stop_loss", { group: oto("stop_loss"), isHeld: true }))).toBe("its entry");
  expect(endsWithCancel(aLinkedOrder("stop_loss", { group: oto("stop_loss") }))).toBeUndefined();
});

test("[UO22] an exit that is held back is not called working", () => {
  expect(stateText(aLinkedOrder("stop_loss", { isHeld: true })).label).toBe("Waits for its entry");
  expect(stateText(aLinkedOrder("stop_loss")).label).toBe("Working");
  expect(stateText(aLinkedOrder("stop_loss", { isHeld: true, state: "CANCELED" })).label).toBe("Canceled");
});
