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

createRoot(root).render(
  <StrictMode>
    <Providers {...createDesk(window)}>
      <RouterProvider router={createDeskRouter()} />
    </Providers>
  </StrictMode>,
);
