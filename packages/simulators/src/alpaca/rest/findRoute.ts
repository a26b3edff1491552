import type { Route } from "./Route.ts";

export interface FoundRoute {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

interface Compiled {
  readonly route: Route;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/** Finds the route of a request; undefined where no path is like this one. Literal paths go before those with parameters. */
export function routeFinder(routes: readonly Route[]): (method: string, path: string) => FoundRoute | undefined {
  const compiled = routes.map(compile).toSorted((a, b) => a.names.length - b.names.length);
  return (method, path) => {
    for (const { route, pattern, names } of compiled) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match === null) continue;
      return { route, params: Object.fromEntries(names.map((name, index) => [name, decoded(match[index + 1] ?? "")])) };
    }
    return undefined;
  };
}

function compile(route: Route): Compiled {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const pattern = route.path.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll(/\{\w+\}/g, "([^/]+)");
  return { route, names, pattern: new RegExp(`^${pattern}$`) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
