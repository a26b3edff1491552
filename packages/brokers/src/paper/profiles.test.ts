import { expect, it } from "vitest";
import { TEN_O_CLOCK as T, paperConfig } from "./scenarios/fixture.ts";

// Imported inside the test, so that a fault in a constant of a module fails a test and not only the import of this file.
it("[PX103] an account opens with every profile", async () => {
  const { PaperExchange } = await import("./PaperExchange.ts");
  const { PAPER_PROFILES } = await import("./profiles.ts");
  for (const [name, profile] of Object.entries(PAPER_PROFILES)) {
    expect(profile.name).toBe(name);
    expect(PaperExchange.create(paperConfig({ profile })).balances(T)).toMatchObject({ buyingPower: "200000" });
  }
});
