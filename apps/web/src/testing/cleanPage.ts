import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// Its usual second is short where others want the machine too.
configure({ asyncUtilTimeout: 15_000 });

afterEach(() => {
  cleanup();
  localStorage.clear();
});
