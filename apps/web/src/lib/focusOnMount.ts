/** A `ref` that takes the focus as its element appears: for the one control that a person came for. */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus();
}
