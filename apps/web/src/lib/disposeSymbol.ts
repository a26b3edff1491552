/** Safari has no `Symbol.dispose` yet; the clock's timers need one before the first of them is made. */
export function ensureDisposeSymbol(): void {
  if (typeof Symbol.dispose === "symbol") return;
  Object.defineProperty(Symbol, "dispose", { value: Symbol.for("Symbol.dispose") });
}
