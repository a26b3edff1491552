import type { Clock, Mode } from "@trenddojo/brokers/domain";
import { createStore } from "./createStore.ts";
import type { Store } from "./createStore.ts";

export interface Toast {
  readonly id: number;
  readonly tone: "info" | "good" | "bad";
  readonly title: string;
  readonly detail: string;
  /** The mode of the money that it is about. */
  readonly mode: Mode | null;
  /** Stays until it is put away: what a person must have seen. */
  readonly sticky: boolean;
}

export interface Toasts {
  readonly shown: Store<readonly Toast[]>;
  show(toast: Omit<Toast, "id">): void;
  dismiss(id: number): void;
}

const SHOWN_FOR_MS = 6_000;
const MOST_SHOWN = 5;

/** Short messages over the page. The newest five are kept; sticky ones are the last to go. */
export function createToasts(clock: Clock): Toasts {
  const shown = createStore<readonly Toast[]>([]);
  let nextId = 1;
  const dismiss = (id: number) => shown.set(shown.get().filter((toast) => toast.id !== id));
  return {
    shown,
    dismiss,
    show(toast) {
      const id = nextId++;
      shown.set(keepNewest([...shown.get(), { ...toast, id }]));
      if (!toast.sticky) clock.setTimer(SHOWN_FOR_MS, () => dismiss(id));
    },
  };
}

function keepNewest(toasts: readonly Toast[]): readonly Toast[] {
  if (toasts.length <= MOST_SHOWN) return toasts;
  const leaving = toasts.find((toast) => !toast.sticky) ?? toasts[0];
  return keepNewest(toasts.filter((toast) => toast !== leaving));
}
