import { describe, expect, it } from "vitest";
import { describeError } from "./describeError.ts";

describe("errors in the log", () => {
  it("[LG1] keep kind, code, message and frames, and nothing else that an error may carry", () => {
    const cause = Object.assign(new Error("boom"), { code: "E1", headers: { authorization: "Bearer hunter2" } });
    const error = Object.assign(new Error("Failed query: insert into users values ($1)\nparams: hunter2", { cause }), {
      params: ["hunter2"],
    });
    const described = describeError(error);
    expect(JSON.stringify(described)).not.toContain("hunter2");
    expect(described).toMatchObject({ type: "Error", message: "Failed query", cause: { code: "E1", message: "boom" } });
    expect(described.cause?.frames.length).toBeGreaterThan(0);
  });
});
