import { clientOrderId, type ClientOrderId, type Clock, type Mode, type Random } from "@trenddojo/brokers/domain";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const HEX = "0123456789abcdef";
const MODE_LETTERS = { mock: "M", paper: "P", live: "L" } as const satisfies Record<Mode, string>;

/** Makes ids that sort by their time of birth. They are names, not secrets. */
export class IdMaker {
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** A UUIDv7 (RFC 9562 5.7). */
  uuid(): string {
    const time = this.#clock.now().toString(16).padStart(12, "0");
    const variant = HEX.charAt(8 + this.#random.integer(4));
    return `${time.slice(0, 8)}-${time.slice(8)}-7${this.#digits(HEX, 3)}-${variant}${this.#digits(HEX, 3)}-${this.#digits(HEX, 12)}`;
  }

  /** The id that goes with an order to its broker: "tdP-" by mode and a ULID, 30 characters. */
  clientOrderId(mode: Mode): ClientOrderId {
    let time = "";
    for (let rest = this.#clock.now(), place = 0; place < 10; place += 1, rest = Math.floor(rest / 32)) {
      time = CROCKFORD.charAt(rest % 32) + time;
    }
    return clientOrderId(`td${MODE_LETTERS[mode]}-${time}${this.#digits(CROCKFORD, 16)}`);
  }

  #digits(alphabet: string, count: number): string {
    let digits = "";
    for (let place = 0; place < count; place += 1) digits += alphabet.charAt(this.#random.integer(alphabet.length));
    return digits;
  }
}
