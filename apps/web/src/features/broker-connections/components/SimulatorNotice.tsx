import { FlaskConical } from "lucide-react";

interface SimulatorNoticeProps {
  /** The broker that it is not. */
  readonly name: string;
  /** "http://127.0.0.1:4711" */
  readonly address: string;
}

/** Says that what answers is not the broker, so that nobody takes its account for theirs. */
export function SimulatorNotice({ name, address }: SimulatorNoticeProps) {
  return (
    <p className="flex gap-2 rounded-md border border-warn bg-warn-wash px-3 py-2 text-warn">
      <FlaskConical aria-hidden size={16} className="mt-0.5 shrink-0" />
      <span>
        This desk reaches a simulator at <code className="num">{address}</code>, not {name}. Its keys are those that the
        simulator was started with.
      </span>
    </p>
  );
}
