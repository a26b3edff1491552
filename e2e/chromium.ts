import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const SYSTEM_PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
/** Keeps the browser to itself: no sandbox (it may run as root), no calls home. */
export const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * The Chromium to drive: `CHROMIUM_PATH`, else the system's own, else the one that comes inside an npm package, which
 * needs nothing installed. `CHROMIUM_PATH=bundled` takes that one in any case.
 * @throws Error when CHROMIUM_PATH names nothing.
 */
export async function chromiumPath(): Promise<string> {
  const chosen = process.env["CHROMIUM_PATH"];
  if (chosen === "bundled") return bundledChromium();
  if (chosen !== undefined && chosen !== "") {
    if (!existsSync(chosen)) throw new Error(`CHROMIUM_PATH names ${chosen}, which is not there.`);
    return chosen;
  }
  return SYSTEM_PATHS.find((candidate) => existsSync(candidate)) ?? bundledChromium();
}

/** Told that it runs on Lambda, the package also unpacks the shared libraries and fonts that a bare machine lacks. */
async function bundledChromium(): Promise<string> {
  // It reuses whatever it finds unpacked, so each version has a place of its own: inside its own package.
  const folder = path.resolve(createRequire(import.meta.url).resolve("@sparticuz/chromium"), "../../../.unpacked");
  mkdirSync(folder, { recursive: true });
  process.env["AWS_EXECUTION_ENV"] ??= "AWS_Lambda_nodejs20.x";
  const usual = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  try {
    const { default: chromium } = await import("@sparticuz/chromium");
    chromium.setGraphicsMode = false;
    const executable = await chromium.executablePath();
    useFontsOf(folder);
    return executable;
  } finally {
    if (usual === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = usual;
  }
}

/**
 * The package's own fonts.conf looks in /tmp and on Lambda. Without any font found, Chromium's renderer dies at the first
 * text field of a page.
 */
function useFontsOf(folder: string): void {
  const configuration = path.join(folder, "fontconfig");
  mkdirSync(configuration, { recursive: true });
  writeFileSync(
    path.join(configuration, "fonts.conf"),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${path.join(folder, "fonts/fonts")}</dir>
  <cachedir>${path.join(folder, "fontconfig/cache")}</cachedir>
</fontconfig>
`,
  );
  process.env["FONTCONFIG_PATH"] = configuration;
}
