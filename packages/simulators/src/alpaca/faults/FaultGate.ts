import type { Clock } from "@trenddojo/brokers/domain";
import type { FaultScript, StreamName } from "./FaultScript.ts";

export interface FaultGateParts {
  readonly stream: StreamName;
  readonly faults: FaultScript;
  readonly clock: Clock;
  /** Sends a frame as it is. */
  readonly sendText: (text: string) => void;
  /** Closes the socket; 1006 cuts it. */
  readonly close: (code: number) => void;
}

/** Where the messages of one socket pass, and faults act on them. */
export class FaultGate<Message extends object> {
  readonly #parts: FaultGateParts;
  #isMute = false;
  #held: (() => void) | undefined;

  constructor(parts: FaultGateParts) {
    this.#parts = parts;
  }

  /** Sends a message, or does to it what the script says. */
  pass(type: string, message: Message, send: (message: Message) => void): void {
    if (this.#isMute) return;
    const { faults, stream, clock, close, sendText } = this.#parts;
    const act = faults.onMessage(stream, type);
    switch (act?.kind) {
      case undefined:
        send(message);
        break;
      case "mute":
        this.#isMute = true;
        return;
      case "duplicate":
        send(message);
        send(message);
        break;
      case "swap":
        this.#held = () => send(message);
        return;
      case "skip":
        return;
      case "text":
        sendText(act.text);
        break;
      case "delay":
        clock.setTimer(act.ms, () => send(message));
        return;
      case "close":
        this.#isMute = true;
        close(act.code);
        return;
      case "omit":
        send(without(message, act.fields));
        break;
    }
    const held = this.#held;
    this.#held = undefined;
    held?.();
  }
}

function without<Message extends object>(message: Message, fields: readonly string[]): Message {
  const copy: Message = { ...message };
  for (const field of fields) Reflect.deleteProperty(copy, field);
  return copy;
}
