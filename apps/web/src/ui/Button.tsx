import type { ComponentProps } from "react";

type Tone = "primary" | "quiet" | "plain" | "buy" | "sell" | "danger";

const TONES = {
  primary: "bg-accent text-on-accent hover:brightness-110 font-medium",
  quiet: "border border-line bg-raised text-ink hover:border-strong-line",
  plain: "text-muted hover:text-ink hover:bg-raised",
  buy: "bg-up-fill text-white hover:brightness-110 font-semibold",
  sell: "bg-down-fill text-white hover:brightness-110 font-semibold",
  danger: "border border-bad text-bad hover:bg-bad-wash",
} as const satisfies Record<Tone, string>;

interface ButtonProps extends ComponentProps<"button"> {
  readonly tone?: Tone;
  readonly size?: "small" | "medium" | "large";
}

const SIZES = { small: "min-h-6 px-2 text-xs", medium: "min-h-8 px-3", large: "min-h-10 px-4 text-sm" } as const;

/** A native button; `type="button"` unless said otherwise. */
export function Button({ tone = "quiet", size = "medium", className = "", type = "button", ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={`inline-flex items-center justify-center gap-1.5 rounded-md whitespace-nowrap disabled:opacity-60 disabled:hover:brightness-100 aria-disabled:opacity-60 ${TONES[tone]} ${SIZES[size]} ${className}`}
      {...rest}
    />
  );
}
