import { Link } from "@tanstack/react-router";
import { NAVIGATION } from "./navigation.ts";

/** The screens, at the left: with names on wide screens, as glyphs on narrower ones. */
export function NavRail() {
  return (
    <nav
      aria-label="Screens"
      className="hidden w-12 shrink-0 flex-col border-r border-line bg-panel py-2 md:flex xl:w-44"
    >
      {NAVIGATION.map(({ to, label, key, Icon }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === "/", includeSearch: false }}
          title={`${label} (g ${key})`}
          className="mx-1.5 flex h-9 items-center gap-2.5 rounded-md px-2.5 text-muted hover:bg-raised hover:text-ink data-[status=active]:bg-raised data-[status=active]:font-medium data-[status=active]:text-ink"
        >
          <Icon aria-hidden size={16} className="shrink-0" />
          <span className="sr-only xl:not-sr-only">{label}</span>
        </Link>
      ))}
    </nav>
  );
}
