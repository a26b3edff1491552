import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { useSignOut } from "../features/auth/api/signOut.ts";
import { renderDesk } from "../testing/renderDesk.tsx";
import { AuthGate } from "./AuthGate.tsx";

const ada = { id: "user-1", username: "ada", role: "owner", createdAt: "2026-11-23T15:00:00.000Z" } as const;

function Door() {
  const signOut = useSignOut();
  return <button onClick={() => signOut.mutate()}>Leave</button>;
}

test("[UA2] whoever signs out leaves the desk at once, so that no stream of it comes back before the answer", async () => {
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  renderDesk(
    <>
      <AuthGate />
      <Door />
    </>,
    {
      "auth.status": () => ({ setUpRequired: false, user: ada }),
      "auth.signOut": () => answered.then(() => ({ done: true })),
    },
  );
  const desk = () => screen.queryByText(/^The desk could not be reached/);
  await screen.findByText(/^The desk could not be reached/);
  fireEvent.click(screen.getByRole("button", { name: "Leave" }));
  await screen.findByText("Signing out…");
  expect(desk()).toBeNull();
  answer();
  await screen.findByRole("heading", { name: "Sign in" });
});
