import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { AuthGate } from "./AuthGate.tsx";
import {
  readActivitySearch,
  readAlertsSearch,
  readInstrumentSearch,
  readOrdersSearch,
  readReconciliationSearch,
} from "./searchParams.ts";

const rootRoute = createRootRoute({
  component: AuthGate,
  notFoundComponent: lazyRouteComponent(() => import("./routes/NotFoundRoute.tsx"), "NotFoundRoute"),
});
const parent = () => rootRoute;

const routeTree = rootRoute.addChildren([
  createRoute({
    getParentRoute: parent,
    path: "/",
    component: lazyRouteComponent(() => import("./routes/DashboardRoute.tsx"), "DashboardRoute"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/watchlist",
    component: lazyRouteComponent(() => import("./routes/WatchlistRoute.tsx"), "WatchlistRoute"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/instruments/$symbol",
    validateSearch: readInstrumentSearch,
    component: lazyRouteComponent(() => import("./routes/InstrumentRoute.tsx"), "InstrumentRoute"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/orders",
    validateSearch: readOrdersSearch,
    component: lazyRouteComponent(() => import("./routes/OrdersRoute.tsx"), "OrdersRoute"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/orders/$orderId",
    component: lazyRouteComponent(() => import("./routes/OrderDetailRoute.tsx"), "OrderDetailRoute"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/positions",
    component: lazyRouteComponent(() => import("./routes/PositionsRoute.tsx"), "PositionsRoute"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/connections",
    component: lazyRouteComponent(() => import("./routes/ConnectionsRoute.tsx"), "ConnectionsRoute"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/reconciliation",
    validateSearch: readReconciliationSearch,
    component: lazyRouteComponent(() => import("./routes/ReconciliationRoute.tsx"), "ReconciliationRoute"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/alerts",
    validateSearch: readAlertsSearch,
    component: lazyRouteComponent(() => import("./routes/AlertsRoute.tsx"), "AlertsRoute"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/risk",
    component: lazyRouteComponent(() => import("./routes/RiskRoute.tsx"), "RiskRoute"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/activity",
    validateSearch: readActivitySearch,
    component: lazyRouteComponent(() => import("./routes/ActivityRoute.tsx"), "ActivityRoute"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/system",
    component: lazyRouteComponent(() => import("./routes/SystemRoute.tsx"), "SystemRoute"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/settings",
    component: lazyRouteComponent(() => import("./routes/SettingsRoute.tsx"), "SettingsRoute"),
  }),
]);

/** Every screen and its address; each is loaded when it is first opened. */
export function createDeskRouter() {
  return createRouter({ routeTree, defaultPreload: "intent", scrollRestoration: true });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createDeskRouter>;
  }
}
