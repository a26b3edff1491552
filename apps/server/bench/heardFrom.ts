import type { ChildProcess } from "node:child_process";

type Of<Message extends { readonly kind: string }, Kind extends Message["kind"]> = Extract<
  Message,
  { readonly kind: Kind }
>;

/** How to wait for what a load in another process says next of a kind. @throws Error where it ends instead */
export function heardFrom<Message extends { readonly kind: string }>(load: ChildProcess) {
  return <Kind extends Message["kind"]>(kind: Kind): Promise<Of<Message, Kind>> =>
    new Promise((resolve, reject) => {
      const end = (): void => reject(new Error("the load ended before the measurement did"));
      load.once("exit", end);
      load.on("message", function hear(message: Message) {
        if (!isOf(message, kind)) return;
        load.off("message", hear);
        load.off("exit", end);
        resolve(message);
      });
    });
}

function isOf<Message extends { readonly kind: string }, Kind extends Message["kind"]>(
  message: Message,
  kind: Kind,
): message is Of<Message, Kind> {
  return message.kind === kind;
}
