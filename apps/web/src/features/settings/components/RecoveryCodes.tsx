/** The codes that open the desk without the second factor, where they are told. */
export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  return (
    <section aria-label="Recovery codes" className="rounded-md border border-warn bg-warn-wash p-3">
      <p>
        Keep these where your second factor is not. Each stands in for it once beside your password, and they are shown
        this once.
      </p>
      <ul className="num mt-2 grid gap-1 sm:grid-cols-2">
        {codes.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </section>
  );
}
