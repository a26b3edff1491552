import { cleanup } from "@testing-library/react";
import { afterEach, expect, vi } from "vitest";

/** A test that writes to the console has something to say: it fails. */
const complaints = [vi.spyOn(console, "error"), vi.spyOn(console, "warn")];

afterEach(() => {
  cleanup();
  localStorage.clear();
  for (const complaint of complaints) {
    const calls = complaint.mock.calls.map((call) => call.map(String).join(" "));
    complaint.mockClear();
    expect(calls).toEqual([]);
  }
});
