import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ModeBadge } from "./ModeBadge.tsx";

test("[UM1] each mode has a word and a shape of its own; only real money is called LIVE", () => {
  render(
    <>
      <ModeBadge mode="mock" />
      <ModeBadge mode="paper" />
      <ModeBadge mode="live" />
    </>,
  );
  const shapes = ["SIM", "PAPER", "LIVE"].map((word) => screen.getByText(word).parentElement?.className ?? "");
  expect(shapes.map((shape) => /mode-(mock|paper|live)/.exec(shape)?.[1])).toEqual(["mock", "paper", "live"]);
});
