import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ensureDisposeSymbol } from "../lib/disposeSymbol.ts";
import "../styles/styles.css";
import { createDesk } from "./createDesk.ts";
import { Providers } from "./Providers.tsx";
import { createDeskRouter } from "./router.tsx";

ensureDisposeSymbol();
const root = document.querySelector("#root");
if (root === null) throw new Error("index.html has no #root");

// What a panel's boundary caught is on the screen, with its code; the console is for what nobody caught.
createRoot(root, { onCaughtError: () => undefined }).render(
  <StrictMode>
    <Providers {...createDesk(window)}>
      <RouterProvider router={createDeskRouter()} />
    </Providers>
  </StrictMode>,
);
