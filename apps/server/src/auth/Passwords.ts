import { hash, verify } from "@node-rs/argon2";
import { DeskError } from "../DeskError.ts";
import { Pool } from "../lib/Pool.ts";

/** argon2id, 19 MiB, 2 passes: the floor of OWASP's password storage cheat sheet and of ASVS 5.0 11.4.2. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes and checks passwords, one at a time (some 15 ms): a burst of guesses must not take the machine from the orders. */
export class Passwords {
  readonly #pool = new Pool({ size: 1, maxWaiting: 40 });
  readonly #decoy: string;

  private constructor(decoy: string) {
    this.#decoy = decoy;
  }

  static async create(): Promise<Passwords> {
    return new Passwords(await hash("nobody has this password", COST));
  }

  /** A PHC string. @throws DeskError TOO_MANY_REQUESTS when too many wait already. */
  hash(password: string): Promise<string> {
    return this.#run(() => hash(password, COST));
  }

  /**
   * Takes the same time for a person who does not exist (`stored` null) as for a wrong password, so that an attacker
   * learns no names.
   */
  async verify(stored: string | null, password: string): Promise<boolean> {
    const matches = await this.#run(() => verify(stored ?? this.#decoy, password));
    return stored !== null && matches;
  }

  #run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#pool.isFull) {
      throw new DeskError("TOO_MANY_REQUESTS", "Too many people are signing in at once; try again in 5 s.", {
        retryAfterSeconds: 5,
      });
    }
    return this.#pool.run(task);
  }
}
