import { afterEach, beforeEach, vi } from "vitest";

/** Output on the console is a defect of the code or of the test: the core logs through its logger only. */
beforeEach(() => {
  for (const method of ["debug", "error", "info", "log", "warn"] as const) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      throw new Error(`console.${method} was called: ${parts.map(String).join(" ")}`);
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
});
