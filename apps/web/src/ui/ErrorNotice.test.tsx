import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { ErrorNotice } from "./ErrorNotice.tsx";

const MARKUP = `<img src="x" onerror="alert(1)"><script>alert(2)</script>&amp;`;

test("[SV574] markup in what the desk says, a name or a symbol, is shown as the text that it is", () => {
  const { container } = render(
    <>
      <ErrorNotice title={MARKUP} failure={{ kind: "defect", message: MARKUP }} />
      <ErrorNotice
        failure={{
          kind: "refused",
          desk: {
            code: "NOT_FOUND",
            message: `No instrument ${MARKUP}`,
            fix: MARKUP,
            issues: [{ code: "NOT_FOUND", message: `${MARKUP} is unknown`, field: "symbol", params: {} }],
            requestId: MARKUP,
            retryAfterSeconds: null,
            outcome: "refused",
          },
        }}
      />
    </>,
  );
  expect(container.querySelectorAll("img, script")).toHaveLength(0);
  expect(container.textContent).toContain(`No instrument ${MARKUP}`);
  expect(container.textContent.split(MARKUP)).toHaveLength(7);
});
