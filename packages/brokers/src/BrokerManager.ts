import type { BrokerClient, CallOptions, Unsubscribe } from "./BrokerClient.ts";
import type { BrokerConnectionMonitor, StatusCallback } from "./BrokerConnectionMonitor.ts";
import { BrokerError } from "./BrokerError.ts";
import type { BrokerRegistry, ClientRequest } from "./BrokerRegistry.ts";
import type { ConnectionStatus } from "./domain/connection.ts";
import { BrokerErrorCode } from "./domain/errorCode.ts";
import type { ConnectionId, UserId } from "./domain/ids.ts";
import type { Mode } from "./domain/Mode.ts";

/** One connection of one user. */
export interface ConnectionRequest extends ClientRequest {
  readonly userId: UserId;
}

export interface ManagedConnection {
  readonly connectionId: ConnectionId;
  readonly userId: UserId;
  readonly broker: string;
  readonly mode: Mode;
  readonly client: BrokerClient;
}

export interface BrokerManagerOptions {
  readonly registry: BrokerRegistry;
  /** The manager starts and stops its loops, and disposes it with itself. */
  readonly monitor: BrokerConnectionMonitor;
  /** Whether this process may trade real money at all. @default false */
  readonly allowLive?: boolean;
  /** Milliseconds between checks of a healthy connection. @default 30_000 */
  readonly monitorIntervalMs?: number;
}

/**
 * Owns the connections: builds, watches and closes them, and routes by connection id. It knows no broker by name. A
 * connection answers only to the user who made it; to anyone else it does not exist.
 */
export class BrokerManager implements AsyncDisposable {
  readonly #options: BrokerManagerOptions;
  readonly #connections = new Map<ConnectionId, ManagedConnection>();
  /** The end of the last act on each connection: acts on one never overlap. */
  readonly #lanes = new Map<ConnectionId, Promise<unknown>>();
  #isClosed = false;

  constructor(options: BrokerManagerOptions) {
    this.#options = options;
  }

  /**
   * Connects, and only then keeps and watches the connection: credentials are proven before anyone stores them. Again
   * with the same broker and mode it makes sure of the connection that is there.
   * @throws BrokerError NOT_SUPPORTED where the mode is refused or would change, or what `connect` threw; nothing is kept then.
   */
  connectBroker(request: ConnectionRequest, options?: CallOptions): Promise<BrokerClient> {
    return this.#inLane(request.connectionId, async () => {
      const existing = this.#existing(request);
      if (existing !== undefined) {
        await existing.client.connect(options);
        return existing.client;
      }
      const client = this.#build(request);
      try {
        await client.connect(options);
        this.#refuseIfClosed();
      } catch (error) {
        await client.disconnect();
        throw error;
      }
      this.#keep(request, client);
      return client;
    });
  }

  /** Keeps and watches a connection that was proven earlier; the monitor connects it, now or when its broker is back. */
  restoreBroker(request: ConnectionRequest): Promise<BrokerClient> {
    return this.#inLane(request.connectionId, () => {
      const existing = this.#existing(request);
      if (existing !== undefined) return Promise.resolve(existing.client);
      const client = this.#build(request);
      this.#keep(request, client);
      return Promise.resolve(client);
    });
  }

  /** Stops watching, disconnects and forgets it. Does nothing for a connection that is not this user's. */
  disconnectBroker(userId: UserId, connectionId: ConnectionId): Promise<void> {
    return this.#inLane(connectionId, async () => {
      const connection = this.#find(userId, connectionId);
      if (connection === undefined) return;
      this.#connections.delete(connectionId);
      await this.#options.monitor.stopMonitoring(connectionId);
      await connection.client.disconnect();
    });
  }

  getBroker(userId: UserId, connectionId: ConnectionId): BrokerClient | undefined {
    return this.#find(userId, connectionId)?.client;
  }

  /** @throws BrokerError CONNECTION_FAILED for a connection that is not there or not this user's. */
  requireBroker(userId: UserId, connectionId: ConnectionId): BrokerClient {
    const client = this.getBroker(userId, connectionId);
    if (client === undefined) {
      throw new BrokerError(
        "this connection is not open: connect it first",
        BrokerErrorCode.CONNECTION_FAILED,
        "unknown",
      );
    }
    return client;
  }

  /** Oldest first. */
  connections(userId: UserId): readonly ManagedConnection[] {
    return [...this.#connections.values()].filter((connection) => connection.userId === userId);
  }

  /** As the client itself sees it now. */
  status(userId: UserId, connectionId: ConnectionId): ConnectionStatus | undefined {
    return this.getBroker(userId, connectionId)?.getConnectionStatus();
  }

  /** Each change that the monitor sees. @throws BrokerError CONNECTION_FAILED as `requireBroker`. */
  onStatusChange(userId: UserId, connectionId: ConnectionId, callback: StatusCallback): Unsubscribe {
    this.requireBroker(userId, connectionId);
    return this.#options.monitor.onStatusChange(connectionId, callback);
  }

  /** Refuses new connections, waits for those under way, and closes all. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#lanes.values());
    await this.#options.monitor[Symbol.asyncDispose]();
    const open = [...this.#connections.values()];
    this.#connections.clear();
    await Promise.all(open.map(({ client }) => client.disconnect()));
  }

  /** A connection's broker, mode and owner are for ever. */
  #existing(request: ConnectionRequest): ManagedConnection | undefined {
    this.#refuseIfClosed();
    const existing = this.#connections.get(request.connectionId);
    if (existing === undefined) return undefined;
    if (existing.userId !== request.userId || existing.broker !== request.broker || existing.mode !== request.mode) {
      throw refusal("a connection's user, broker and mode never change: make a new one", request.broker);
    }
    return existing;
  }

  #build(request: ConnectionRequest): BrokerClient {
    if (request.mode === "live" && this.#options.allowLive !== true) {
      throw refusal("this process does not trade real money: live mode is switched off", request.broker);
    }
    const client = this.#options.registry.create(request);
    if (client.mode !== request.mode)
      throw refusal(`asked for ${request.mode}, the client is ${client.mode}`, request.broker);
    return client;
  }

  #keep({ connectionId, userId, broker, mode }: ConnectionRequest, client: BrokerClient): void {
    this.#connections.set(connectionId, { connectionId, userId, broker, mode, client });
    this.#options.monitor.startMonitoring(connectionId, client, this.#options.monitorIntervalMs);
  }

  #find(userId: UserId, connectionId: ConnectionId): ManagedConnection | undefined {
    const connection = this.#connections.get(connectionId);
    return connection?.userId === userId ? connection : undefined;
  }

  #refuseIfClosed(): void {
    if (this.#isClosed)
      throw new BrokerError("the desk is shutting down", BrokerErrorCode.CONNECTION_FAILED, "unknown");
  }

  async #inLane<Result>(connectionId: ConnectionId, act: () => Promise<Result>): Promise<Result> {
    const before = this.#lanes.get(connectionId) ?? Promise.resolve();
    const mine = before.then(act, act);
    this.#lanes.set(connectionId, mine);
    try {
      return await mine;
    } finally {
      if (this.#lanes.get(connectionId) === mine) this.#lanes.delete(connectionId);
    }
  }
}

function refusal(message: string, broker: string): BrokerError {
  return new BrokerError(message, BrokerErrorCode.NOT_SUPPORTED, broker);
}
