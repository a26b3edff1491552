import { backoffMs, LONGEST_BACKOFF_MS } from "./backoff.ts";
import type { BrokerClient, Unsubscribe } from "./BrokerClient.ts";
import { asBrokerError } from "./brokerCall.ts";
import type { BrokerError } from "./BrokerError.ts";
import { BrokerErrorHandler } from "./BrokerErrorHandler.ts";
import { CallbackSet } from "./CallbackSet.ts";
import { brokerDeps, type BrokerDeps } from "./deps.ts";
import { CHANNELS, type ConnectionStatus } from "./domain/connection.ts";

export type StatusCallback = (status: ConnectionStatus) => void;

/** The spec's check every 30 seconds. */
const DEFAULT_INTERVAL_MS = 30_000;
/** One attempt to connect is given up after this. */
const CONNECT_TIMEOUT_MS = 30_000;

interface Check {
  readonly isHealthy: boolean;
  /** What the attempt to reconnect failed with; null where none was made or it did not throw. */
  readonly failure: BrokerError | null;
}

interface Watch {
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/**
 * Watches connections, one supervised loop each: check, reconnect where it is unhealthy *or* disconnected, sleep. Checks
 * never overlap, and it never gives up: from 1 s to 60 s between attempts, with jitter. `connect()` heals a client in
 * place, so its subscriptions stay. Dispose it to stop every loop.
 */
export class BrokerConnectionMonitor implements AsyncDisposable {
  readonly #deps: BrokerDeps;
  readonly #errors: BrokerErrorHandler;
  readonly #watches = new Map<string, Watch>();
  readonly #callbacks = new Map<string, CallbackSet<ConnectionStatus>>();
  readonly #latest = new Map<string, ConnectionStatus>();

  constructor(deps: Partial<BrokerDeps> = {}) {
    this.#deps = brokerDeps(deps);
    this.#errors = new BrokerErrorHandler(this.#deps);
  }

  /** Watches `client` under the name `broker`, in place of what was watched under it. The first check is made at once. */
  startMonitoring(broker: string, client: BrokerClient, intervalMs = DEFAULT_INTERVAL_MS): void {
    const before = this.stopMonitoring(broker);
    const stop = new AbortController();
    this.#watches.set(broker, { stop, done: before.then(() => this.#watch(broker, client, intervalMs, stop.signal)) });
  }

  /** Resolves when the loop has ended; no callback is called after that. */
  async stopMonitoring(broker: string): Promise<void> {
    const watch = this.#watches.get(broker);
    this.#watches.delete(broker);
    this.#latest.delete(broker);
    watch?.stop.abort();
    await watch?.done;
  }

  /** Calls back with each change of status from now on. One callback that throws does not disturb the others. */
  onStatusChange(broker: string, callback: StatusCallback): Unsubscribe {
    let callbacks = this.#callbacks.get(broker);
    if (callbacks === undefined) {
      callbacks = new CallbackSet((error) =>
        this.#deps.logger.error({ broker, err: error }, "a status callback threw"),
      );
      this.#callbacks.set(broker, callbacks);
    }
    const unsubscribe = callbacks.add(callback);
    return () => {
      unsubscribe();
      if (callbacks.size === 0 && this.#callbacks.get(broker) === callbacks) this.#callbacks.delete(broker);
    };
  }

  /** The status last seen; undefined for a connection that is not watched. */
  lastStatus(broker: string): ConnectionStatus | undefined {
    return this.#latest.get(broker);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#watches.keys()].map((broker) => this.stopMonitoring(broker)));
    this.#callbacks.clear();
  }

  async #watch(broker: string, client: BrokerClient, intervalMs: number, signal: AbortSignal): Promise<void> {
    let attempt = 0;
    while (!signal.aborted) {
      const { isHealthy, failure } = await this.#check(broker, client, attempt === 0, signal);
      await this.#sleep(isHealthy ? intervalMs : this.#waitAfter(failure, attempt), signal);
      attempt = isHealthy ? 0 : attempt + 1;
    }
  }

  /**
   * One look, and one attempt to reconnect where it is needed; that it tries is told at the beginning of an outage. Never
   * rejects: whatever is thrown is a failure to connect.
   */
  async #check(broker: string, client: BrokerClient, isNewOutage: boolean, signal: AbortSignal): Promise<Check> {
    const status = this.#statusOf(broker, client);
    if (status.isHealthy) {
      this.#report(broker, status, signal);
      return { isHealthy: true, failure: null };
    }
    if (isNewOutage) this.#report(broker, { ...status, state: "reconnecting" }, signal);
    const failure = await this.#reconnect(client, signal);
    const after = this.#statusOf(broker, client);
    const seen = failure === null ? after : { ...after, isHealthy: false, error: told(failure) };
    this.#report(broker, seen, signal);
    return { isHealthy: seen.isHealthy, failure };
  }

  /** A client that cannot tell how it is, is lost. */
  #statusOf(broker: string, client: BrokerClient): ConnectionStatus {
    try {
      return client.getConnectionStatus();
    } catch (error) {
      this.#deps.logger.error({ broker, err: error }, "a client could not tell its status");
      const down = { state: "down", lastEvidenceAt: null } as const;
      return {
        state: "disconnected",
        isConnected: false,
        isHealthy: false,
        mode: client.mode,
        channels: { session: down, orders: down, data: down, rest: down },
        since: this.#deps.clock.now(),
        error: told(asBrokerError(client.name, error, "unknown")),
      };
    }
  }

  /** Null when the client says that it connected. */
  async #reconnect(client: BrokerClient, stop: AbortSignal): Promise<BrokerError | null> {
    const timeout = new AbortController();
    using _timer = this.#deps.clock.setTimer(CONNECT_TIMEOUT_MS, () => timeout.abort());
    try {
      await client.connect({ signal: AbortSignal.any([stop, timeout.signal]) });
      return null;
    } catch (error) {
      return asBrokerError(client.name, error, "unknown");
    }
  }

  /**
   * What a person has to heal does not heal by itself, and asking often may lock the account; a broker that asks for
   * patience gets it.
   */
  #waitAfter(failure: BrokerError | null, attempt: number): number {
    if (failure === null) return backoffMs(attempt, this.#deps.random);
    const { action, retryAfterMs } = this.#errors.handleError(failure, { operation: "connect", attempt });
    if (action === "REAUTHENTICATE") return LONGEST_BACKOFF_MS;
    return retryAfterMs ?? backoffMs(attempt, this.#deps.random);
  }

  async #sleep(delayMs: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#deps.clock.sleep(delayMs, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #report(broker: string, status: ConnectionStatus, signal: AbortSignal): void {
    if (signal.aborted) return;
    const before = this.#latest.get(broker);
    this.#latest.set(broker, status);
    if (before === undefined || differs(before, status)) this.#callbacks.get(broker)?.notify(status);
  }
}

/** The text of a BrokerError is known to be free of secrets; its cause is not. */
function told({ code, message }: BrokerError): NonNullable<ConnectionStatus["error"]> {
  return { code, message };
}

/** Evidence gets younger all the time; only a change of what it says is news. */
function differs(a: ConnectionStatus, b: ConnectionStatus): boolean {
  return (
    a.state !== b.state ||
    a.isConnected !== b.isConnected ||
    a.isHealthy !== b.isHealthy ||
    a.error?.code !== b.error?.code ||
    a.error?.message !== b.error?.message ||
    CHANNELS.some((channel) => a.channels[channel].state !== b.channels[channel].state)
  );
}
