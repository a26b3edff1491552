// Writes the capability matrix into docs/brokers/README.md: `pnpm --filter @trenddojo/tooling docs`.
import { readFileSync, writeFileSync } from "node:fs";
import { brokerMatrix } from "./brokerMatrix.ts";

const file = new URL("../docs/brokers/README.md", import.meta.url);
const text = readFileSync(file, "utf8");
const [before = ""] = text.split("<!-- matrix: begin -->");
const after = text.split("<!-- matrix: end -->")[1] ?? "\n";
writeFileSync(file, `${before}<!-- matrix: begin -->\n${brokerMatrix()}\n<!-- matrix: end -->${after}`);
