import { act, fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderDesk } from "../testing/renderDesk.tsx";
import { HoldButton } from "./HoldButton.tsx";

async function renderHold() {
  const done: string[] = [];
  const view = renderDesk(
    <HoldButton label="Halt all trading" onHeld={() => done.push("held")} onTap={() => done.push("tapped")}>
      Halt
    </HoldButton>,
  );
  const button = await screen.findByRole("button", { name: "Halt all trading: hold for 1.2 seconds" });
  const wait = (ms: number) => act(async () => view.clock.advance(ms));
  return { done, button, wait };
}

test("[UK2] held for 1.2 s by the pointer it acts, once, and the click that ends the press is no tap", async () => {
  const { done, button, wait } = await renderHold();
  fireEvent.pointerDown(button, { button: 0 });
  await wait(1_100);
  expect(done).toEqual([]);
  expect(button.textContent).toContain("0.1 s");
  await wait(100);
  expect(done).toEqual(["held"]);
  fireEvent.pointerUp(button);
  fireEvent.click(button);
  await wait(5_000);
  expect(done).toEqual(["held"]);
});

test.each([" ", "Enter"])(
  "[UK3] held by the key %j it acts; the repeats of a held key do not begin it anew",
  async (key) => {
    const { done, button, wait } = await renderHold();
    fireEvent.keyDown(button, { key });
    await wait(600);
    fireEvent.keyDown(button, { key, repeat: true });
    await wait(600);
    fireEvent.keyUp(button, { key });
    expect(done).toEqual(["held"]);
  },
);

test("[UK4] Escape lets go: nothing happens, however long the button stays down", async () => {
  const { done, button, wait } = await renderHold();
  fireEvent.pointerDown(button, { button: 0 });
  await wait(1_000);
  fireEvent.keyDown(button, { key: "Escape" });
  await wait(5_000);
  fireEvent.pointerUp(button);
  fireEvent.click(button);
  expect(done).toEqual([]);
  fireEvent.keyDown(button, { key: " " });
  await wait(1_000);
  fireEvent.keyDown(button, { key: "Escape" });
  await wait(5_000);
  fireEvent.keyUp(button, { key: " " });
  expect(done).toEqual([]);
});

test("[UK5] letting go early, leaving the button and the other mouse button do not act", async () => {
  const { done, button, wait } = await renderHold();
  fireEvent.pointerDown(button, { button: 0 });
  await wait(1_000);
  fireEvent.pointerLeave(button);
  fireEvent.pointerDown(button, { button: 2 });
  await wait(5_000);
  expect(done).toEqual([]);
});

test("[UK6] a short press, and a press without pointer or key, is a tap", async () => {
  const { done, button, wait } = await renderHold();
  fireEvent.pointerDown(button, { button: 0 });
  await wait(200);
  fireEvent.pointerUp(button);
  fireEvent.click(button);
  fireEvent.keyDown(button, { key: "Enter" });
  await wait(200);
  fireEvent.keyUp(button, { key: "Enter" });
  fireEvent.click(button);
  await wait(5_000);
  expect(done).toEqual(["tapped", "tapped", "tapped"]);
});
