import { BriefcaseBusiness, Cpu, Gauge, LayoutDashboard, List, Plug, ScrollText, Settings, Star } from "lucide-react";

/** The screens of the desk, in the order of the navigation. `key` follows `g`. */
export const NAVIGATION = [
  { to: "/", label: "Dashboard", key: "d", Icon: LayoutDashboard, mobile: true },
  { to: "/watchlist", label: "Watchlist", key: "w", Icon: Star, mobile: true },
  { to: "/orders", label: "Orders", key: "o", Icon: List, mobile: true },
  { to: "/positions", label: "Positions", key: "p", Icon: BriefcaseBusiness, mobile: true },
  { to: "/connections", label: "Connections", key: "c", Icon: Plug, mobile: false },
  { to: "/risk", label: "Risk", key: "r", Icon: Gauge, mobile: false },
  { to: "/activity", label: "Activity", key: "a", Icon: ScrollText, mobile: false },
  { to: "/system", label: "System", key: "y", Icon: Cpu, mobile: false },
  { to: "/settings", label: "Settings", key: "s", Icon: Settings, mobile: false },
] as const;

/** Screens that others lead to. */
const SIDE_SCREENS: readonly { readonly to: string; readonly label: string }[] = [
  { to: "/reconciliation", label: "Reconciliation" },
  { to: "/alerts", label: "Alerts" },
];

/** The name of the screen at an address, for the window's title. */
export function pageTitle(pathname: string): string {
  const instrument = /^\/instruments\/([^/]+)/.exec(pathname)?.[1];
  if (instrument !== undefined) return decodeURIComponent(instrument);
  if (/^\/orders\/./.test(pathname)) return "Order";
  return [...NAVIGATION, ...SIDE_SCREENS].find((item) => item.to === pathname)?.label ?? "Not found";
}
