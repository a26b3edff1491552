import { afterEach, expect, vi } from "vitest";

/** What is written to the console has something to say: the test fails. */
const complaints = [vi.spyOn(console, "error"), vi.spyOn(console, "warn")];

afterEach(() => {
  const written = complaints.flatMap((complaint) => complaint.mock.calls.map((call) => call.map(String).join(" ")));
  for (const complaint of complaints) complaint.mockClear();
  // oxlint-disable-next-line vitest/no-standalone-expect -- it judges the test that has just run.
  expect(written).toEqual([]);
});
