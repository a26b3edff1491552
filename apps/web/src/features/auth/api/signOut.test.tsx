import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { useTRPC } from "../../../lib/trpcClient.ts";
import { renderDesk } from "../../../testing/renderDesk.tsx";
import { useAuthStatus } from "./getAuthStatus.ts";
import { useSignOut } from "./signOut.ts";

const ada = { id: "user-1", username: "ada", role: "owner", createdAt: "2026-11-23T15:00:00.000Z" } as const;

function Somebody() {
  const signOut = useSignOut();
  const status = useAuthStatus().data;
  const key = JSON.stringify(useTRPC().auth.status.queryKey());
  return (
    <button data-key={key} onClick={() => signOut.mutate()}>
      {status?.user?.username ?? "nobody"}
    </button>
  );
}

test("[UA2] signing out forgets all that was fetched, but not that nobody is signed in", async () => {
  const { queryClient } = renderDesk(<Somebody />, {
    "auth.status": () => ({ setUpRequired: false, user: ada }),
    "auth.signOut": () => ({ done: true }),
  });
  queryClient.setQueryData(["accounts"], ["account-1"]);
  const button = await screen.findByRole("button", { name: "ada" });
  const status: unknown = JSON.parse(button.dataset["key"] ?? "");
  fireEvent.click(button);
  await screen.findByRole("button", { name: "nobody" });
  await waitFor(() => expect(queryClient.getQueryData(["accounts"])).toBeUndefined());
  expect(Array.isArray(status) ? queryClient.getQueryData(status) : "no key").toEqual({
    setUpRequired: false,
    user: null,
  });
});
