// Writes the capability matrices into docs/brokers: `pnpm --filter @trenddojo/tooling docs`.
import { readFileSync, writeFileSync } from "node:fs";
import { brokerMatrix } from "./brokerMatrix.ts";

function write(document: string, matrix: string): void {
  const file = new URL(`../docs/brokers/${document}`, import.meta.url);
  const text = readFileSync(file, "utf8");
  const [before = ""] = text.split("<!-- matrix: begin -->");
  const after = text.split("<!-- matrix: end -->")[1] ?? "\n";
  writeFileSync(file, `${before}<!-- matrix: begin -->\n${matrix}\n<!-- matrix: end -->${after}`);
}

write("README.md", brokerMatrix());
write("interactive-brokers.md", brokerMatrix("interactive_brokers"));
