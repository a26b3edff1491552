import { once } from "node:events";
import { createServer } from "node:http";
import { alpacaSimulatorAt } from "@trenddojo/brokers";
import { expect, it } from "vitest";
import { createTestClient } from "./testing/createTestClient.ts";
import { createTestDesk } from "./testing/createTestDesk.ts";
import { setUp } from "./testing/people.ts";
import { refusalOf } from "./testing/refusalOf.ts";

const SECRET = "a-secret-that-nobody-may-see";

it(
  "[SV18] keys that prove nothing are refused with a code, and neither stored nor repeated",
  { timeout: 90_000 },
  async () => {
    let answer = { status: 401, body: '{"code":40110000,"message":"request is not authorized"}' };
    const venue = createServer((_request, response) => {
      response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
    }).listen(0, "127.0.0.1");
    await once(venue, "listening");
    const address = venue.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await using desk = await createTestDesk({ alpacaVenue: alpacaSimulatorAt(`http://127.0.0.1:${port}`) });
    await using client = createTestClient(desk.url);
    await setUp(client);
    const add = (credentials: Record<string, string>) =>
      refusalOf(client.api.brokers.add.mutate({ broker: "alpaca", mode: "paper", label: "Alpaca", credentials }));

    expect(await add({ keyId: "KEY" })).toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ field: "credentials.secretKey", message: "API secret key is missing" }],
    });
    const answers = [
      [answer, "AUTHENTICATION_FAILED"],
      [{ status: 200, body: "<html>Sign in</html>" }, "API_ERROR"],
      [{ status: 429, body: "" }, "RATE_LIMIT_EXCEEDED"],
    ] as const;
    for (const [given, code] of answers) {
      answer = given;
      const refusal = await add({ keyId: "KEY", secretKey: SECRET });
      expect(refusal).toMatchObject({ code, outcome: "refused" });
      expect(JSON.stringify(refusal)).not.toContain(SECRET);
    }
    expect((await client.api.brokers.list.query()).map(({ broker }) => broker)).toEqual(["paper"]);
    venue.close();
    venue.closeAllConnections();
  },
);
