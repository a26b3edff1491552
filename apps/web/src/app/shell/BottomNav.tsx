import { Link } from "@tanstack/react-router";
import { Ellipsis, LogOut } from "lucide-react";
import { useState } from "react";
import { useSignOut } from "../../features/auth/api/signOut.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { NAVIGATION } from "./navigation.ts";

const PLACE =
  "flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-2xs text-muted data-[status=active]:text-accent";

/** The screens, at the bottom of a phone. */
export function BottomNav() {
  const [open, setOpen] = useState(false);
  const signOut = useSignOut();
  return (
    <nav
      aria-label="Screens"
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-panel pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {NAVIGATION.filter((item) => item.mobile).map(({ to, label, Icon }) => (
        <Link key={to} to={to} activeOptions={{ exact: to === "/", includeSearch: false }} className={PLACE}>
          <Icon aria-hidden size={18} />
          {label}
        </Link>
      ))}
      <button type="button" onClick={() => setOpen(true)} className={PLACE}>
        <Ellipsis aria-hidden size={18} />
        More
      </button>
      {open ? (
        <Dialog title="More" onClose={() => setOpen(false)}>
          <ul>
            {NAVIGATION.filter((item) => !item.mobile).map(({ to, label, Icon }) => (
              <li key={to}>
                <Link to={to} onClick={() => setOpen(false)} className="flex h-12 items-center gap-3">
                  <Icon aria-hidden size={18} /> {label}
                </Link>
              </li>
            ))}
            <li>
              <button
                type="button"
                disabled={signOut.isPending}
                onClick={() => signOut.mutate()}
                className="flex h-12 w-full items-center gap-3"
              >
                <LogOut aria-hidden size={18} /> Sign out
              </button>
            </li>
          </ul>
        </Dialog>
      ) : null}
    </nav>
  );
}
