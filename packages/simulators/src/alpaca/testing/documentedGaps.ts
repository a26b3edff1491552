/** Fields that the service sends and its OpenAPI document lacks, with where they were seen. */
export const FIELD_GAPS: Readonly<Record<string, string>> = {
  "GET /v2/account: admin_configurations": "answers of a paper account, October 2026",
  "GET /v2/account: user_configurations": "answers of a paper account, October 2026",
  "GET /v2/account: effective_buying_power": "answers of a paper account, October 2026",
  "GET /v2/account: position_market_value": "answers of a paper account, October 2026",
  "GET /v2/account: crypto_tier": "answers of a paper account, October 2026",
};

/** Fields of every order, wherever one is answered. */
export const ORDER_FIELD_GAPS: Readonly<Record<string, string>> = {
  source: "answers of a paper account, October 2026",
  subtag: "answers of a paper account, October 2026",
  expires_at: "the document has it for an order and forgets it in its copy for legs",
};

/** Where the documents' own schemas cannot be kept. */
export const SCHEMA_GAPS: Readonly<Record<string, string>> = {
  "GET /v2/account/activities/{activity_type} 200: must match exactly one schema in oneOf":
    "neither of the two schemas has a required field, so every activity matches both",
  'NonTradeActivities /date must match format "date-time"': "the document's own example is a date alone",
};

/** Statuses that the service answers and its document does not list, with where they were seen. */
export const STATUS_GAPS: Readonly<Record<string, string>> = {
  "* 401": "bad credentials of the trading service; no operation of its document lists them",
  "* 403": "bad credentials of the data service",
  "* 404": "no document lists an unknown order, position or data symbol, but for one asset",
  "* 422": "no operation but POST and DELETE of an order lists it; seen for malformed ids and refused replacements",
  "* 429":
    "https://docs.alpaca.markets/docs/usage-limit-api-calls; the trading document lists it for clock and calendar only",
  "* 400": "Error 40010000, an unreadable body; the documents of orders and history do not list it",
};
