import { getRouteApi } from "@tanstack/react-router";
import { useBrokerCatalog } from "../../features/broker-connections/api/getCatalog.ts";
import { OrderDetail } from "../../features/orders/components/OrderDetail.tsx";
import { useShell } from "../shell/ShellContext.ts";

const route = getRouteApi("/orders/$orderId");

export function OrderDetailRoute() {
  const { accounts } = useShell();
  const { orderId } = route.useParams();
  return <OrderDetail orderId={orderId} accounts={accounts} catalog={useBrokerCatalog()} />;
}
