import { useStore } from "../../lib/createStore.ts";
import { useDesk } from "../../lib/desk.ts";

/** The socket is lost: what is on the screen grows old until it is back. */
export function LinkBanner() {
  const link = useStore(useDesk().link);
  return (
    <output>
      {link === "lost" ? (
        <span className="block border-b border-warn bg-warn-wash px-4 py-1.5 text-warn">
          The desk cannot be heard. Prices and orders shown are growing old; the page reconnects by itself.
        </span>
      ) : null}
    </output>
  );
}
