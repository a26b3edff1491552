import { accountJson } from "../wire/accountJson.ts";
import { activities } from "./activities.ts";
import { portfolioHistory } from "./portfolioHistory.ts";
import { ok, type Route } from "./Route.ts";

export const accountRoutes: readonly Route[] = [
  { method: "GET", path: "/v2/account", service: "trading", answer: ({ account }) => ok(accountJson(account)) },
  {
    method: "GET",
    path: "/v2/account/configurations",
    service: "trading",
    answer: ({ account }) => ok(account.settings),
  },
  {
    method: "PATCH",
    path: "/v2/account/configurations",
    service: "trading",
    answer: ({ account, body }) => ok(account.patchSettings(body)),
  },
  {
    method: "GET",
    path: "/v2/account/activities",
    service: "trading",
    answer: (request) => ok(activities(request, [])),
  },
  {
    method: "GET",
    path: "/v2/account/activities/{activity_type}",
    service: "trading",
    answer: (request) => ok(activities(request, [request.params["activity_type"] ?? ""])),
  },
  {
    method: "GET",
    path: "/v2/account/portfolio/history",
    service: "trading",
    answer: ({ account, query }) => ok(portfolioHistory(account, query)),
  },
];
