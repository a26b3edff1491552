/** Names that a person may type for one account are one name: case and blanks around it do not count. */
export function foldUsername(typed: string): string {
  return typed.trim().toLowerCase();
}
