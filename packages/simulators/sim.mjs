// `pnpm sim alpaca --port 0 --key K --secret S`: TypeScript is read as it is.
import { register } from "tsx/esm/api";

register();
await import("./src/main.ts");
