import type { IBApi } from "@stoqey/ib";
import type { Unsubscribe } from "../../BrokerClient.ts";
import { callSafely } from "../../CallbackSet.ts";
import type { BrokerDeps } from "../../deps.ts";
import { BrokerErrorCode } from "../../domain/errorCode.ts";
import { ibRefusal } from "../ibRefusal.ts";
import type { GatewayAddress } from "../IBTypes.ts";
import { isErrorFrame, readErrorFrame } from "./errorFrame.ts";
import type { GatewayCalls } from "./GatewayCalls.ts";
import { gatewayCallsOf } from "./gatewayCallsOf.ts";
import type { GatewayEventName, GatewayEvents } from "./GatewayEvents.ts";
import * as faults from "./gatewayFaults.ts";
import { gatewayHost } from "./gatewayHost.ts";
import type { GatewayFault } from "./GatewayState.ts";
import { openVendorApi, throwAwayUnsent, writeAtOnce, type VendorHooks } from "./openVendorApi.ts";

/** From the attempt to the order id that says that requests may be written. */
const HANDSHAKE_MS = 10_000;
/** The vendor library's own code for a failure of the TCP connection. */
const CONNECT_FAIL = 502;
const NOBODY = -1;
/** 326 says it; 507 is what some versions say instead, before they close. */
const CLIENT_ID_IN_USE: ReadonlySet<number> = new Set([326, 507]);
/** Events of ours, apart from the vendor's of the same names. */
const OWN_NAMES: Readonly<Partial<Record<GatewayEventName, string>>> = {
  error: "gateway error",
  notice: "gateway notice",
  unreadable: "gateway unreadable",
};

/** What the gateway said before requests might be written. */
export interface Handshake {
  readonly version: number;
  readonly accounts: readonly string[];
  readonly nextValidId: number;
}

type Phase = "dialling" | "greeting" | "login" | "ready" | "ended";

/**
 * One TCP session, from its dialling to its end, over one object of the vendor's library, which is never connected again.
 * It is ready once the gateway has named the accounts and an order id, not when the library says "connected".
 */
export class VendorSession {
  readonly ended: Promise<GatewayFault>;
  readonly #address: GatewayAddress;
  readonly #deps: BrokerDeps;
  readonly #api: IBApi;
  readonly #calls: GatewayCalls;
  #phase: Phase = "dialling";
  #handshake: Partial<Handshake> = {};
  #end: (fault: GatewayFault) => void = () => undefined;
  #ready: (handshake: Handshake) => void = () => undefined;
  /** Messages that the library has written. */
  #written = 0;
  /** Why the library would not write what it was last asked to. */
  #objection: string | null = null;
  #heardAt = Number.NEGATIVE_INFINITY;

  private constructor(address: GatewayAddress, deps: BrokerDeps, open: (hooks: VendorHooks) => IBApi) {
    this.#address = address;
    this.#deps = deps;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#api = open({
      onFrame: (text) => this.#receive(text),
      onUnreadable: (err) => this.#unreadable(err),
      onGarbage: (err) => {
        deps.logger.warn({ err }, "Interactive Brokers: what was sent is no message");
        this.end(faults.unreadableBytes(address));
      },
    });
    this.#calls = gatewayCallsOf(this.#api);
    this.#follow();
  }

  /** One that has not dialled yet: who is to hear it can say so. */
  static async prepare(address: GatewayAddress, deps: BrokerDeps): Promise<VendorSession> {
    // Loaded when it is first needed: many who import this package never connect to a gateway.
    const { IBApi: Api } = await import("@stoqey/ib");
    const found = await gatewayHost(address.host);
    const host = "address" in found ? found.address : address.host;
    const session = new VendorSession(address, deps, (hooks) => openVendorApi(Api, { ...address, host }, hooks));
    if ("fault" in found) session.end(found.fault);
    return session;
  }

  /** When a whole message was heard last, on the monotonic clock; before all time while none was. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** Once. @returns null where the session ended before it was ready; `ended` says why. */
  async dial(): Promise<Handshake | null> {
    const ready = new Promise<Handshake>((resolve) => {
      this.#ready = resolve;
    });
    if (this.#phase !== "ended") {
      this.#api.connect();
      writeAtOnce(this.#api);
    }
    using _timer = this.#deps.clock.setTimer(HANDSHAKE_MS, () => this.end(this.#late()));
    return await Promise.race([ready, this.ended.then(() => null)]);
  }

  /** Hears an event until this session ends. */
  on<Name extends GatewayEventName>(name: Name, listener: (...told: GatewayEvents[Name]) => void): Unsubscribe {
    let isActive = true;
    const heard = (...told: GatewayEvents[Name]): void => {
      if (!isActive || this.#phase === "ended") return;
      // What escapes from here ends the process (H13).
      callSafely(
        () => listener(...told),
        undefined,
        (err) => this.#deps.logger.error({ err, event: name }, "Interactive Brokers: an event could not be taken in"),
      );
    };
    const vendorName = OWN_NAMES[name] ?? name;
    this.#api.addListener(vendorName, heard);
    return () => {
      isActive = false;
      this.#api.removeListener(vendorName, heard);
    };
  }

  /**
   * Writes one message now.
   * @throws BrokerError refused: it was not written, and never will be.
   */
  write(act: (calls: GatewayCalls) => void): void {
    if (this.#phase !== "ready") throw notWritten("there is no session with the gateway");
    const before = this.#written;
    this.#objection = null;
    act(this.#calls);
    if (this.#written > before) return;
    const objection = this.#lastObjection();
    if (objection !== null) {
      throw ibRefusal(BrokerErrorCode.NOT_SUPPORTED, `Interactive Brokers: ${objection}; nothing was sent`);
    }
    // The library keeps what it cannot write for its next connection, and has none after this one (H1, H2).
    this.end(faults.lost());
    throw notWritten("the connection was just lost");
  }

  #lastObjection(): string | null {
    return this.#objection;
  }

  /** Idempotent. */
  end(fault: GatewayFault): void {
    if (this.#phase === "ended") return;
    this.#phase = "ended";
    // What is on its way to a peer that fell silent would arrive when it wakes, and be taken.
    if (fault.trouble === "silent") throwAwayUnsent(this.#api);
    this.#api.disconnect();
    this.#end(fault);
  }

  #follow(): void {
    const listen = (name: string, listener: (...told: readonly unknown[]) => void): void =>
      void this.#api.addListener(name, listener);
    listen("sent", () => {
      this.#written += 1;
      if (this.#phase === "dialling") this.#phase = "greeting";
    });
    listen("connected", () => {
      if (this.#phase === "greeting") this.#phase = "login";
    });
    listen("disconnected", () =>
      this.end(this.#phase === "greeting" ? faults.noHandshake(this.#address) : faults.lost()),
    );
    listen("error", (error, code) => this.#libraryFailed(error, code));
    listen("managedAccounts", (list) => {
      const accounts = String(list)
        .split(",")
        .flatMap((each) => each.trim() || []);
      this.#shake({ accounts });
    });
    listen("nextValidId", (id) => this.#shake({ nextValidId: Number(id) }));
  }

  /** @returns whether the library is to read the frame. */
  #receive(text: string): boolean {
    if (this.#phase === "ended") return false;
    this.#heardAt = this.#deps.clock.monotonic();
    if (this.#handshake.version === undefined) return this.#greeted(text);
    if (!isErrorFrame(text)) return true;
    const error = readErrorFrame(text);
    if (error === null) this.#unreadable(new Error("an error message that is none"));
    else if (error.id !== NOBODY) this.#api.emit("gateway error", error);
    else if (CLIENT_ID_IN_USE.has(error.code)) this.end(faults.clientIdInUse(this.#address));
    else this.#api.emit("gateway notice", error);
    return false;
  }

  #greeted(text: string): boolean {
    const [, digits] = /^(\d{1,6})\0/.exec(text) ?? [];
    if (digits === undefined) {
      this.end(faults.unreadableBytes(this.#address));
      return false;
    }
    const version = Number(digits);
    const { least, most } = faults.VERSIONS;
    if (version < least || version > most) {
      this.end(faults.wrongVersion(version));
      return false;
    }
    this.#handshake = { version };
    return true;
  }

  #shake(said: Partial<Handshake>): void {
    if (this.#phase === "ready") {
      // Which accounts they are is proven when a session begins: another login needs another one.
      if (said.accounts !== undefined && !this.#isLoginOf(said.accounts)) this.end(faults.otherLogin());
      return;
    }
    this.#handshake = { ...this.#handshake, ...said };
    const { version, accounts = [], nextValidId } = this.#handshake;
    if (version === undefined || accounts.length === 0 || nextValidId === undefined) return;
    if (!Number.isSafeInteger(nextValidId)) return;
    this.#phase = "ready";
    this.#ready({ version, accounts, nextValidId });
  }

  #isLoginOf(accounts: readonly string[]): boolean {
    const known = new Set(this.#handshake.accounts);
    return known.size === new Set(accounts).size && accounts.every((account) => known.has(account));
  }

  /** Errors of the gateway do not come this way; these are the library's own. */
  #libraryFailed(error: unknown, code: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (code === CONNECT_FAIL) {
      this.end(this.#phase === "dialling" ? faults.notRunning(this.#address) : faults.lost());
      return;
    }
    this.#objection = message;
    this.#unreadable(error);
  }

  #unreadable(err: unknown): void {
    this.#deps.logger.warn({ err }, "Interactive Brokers: a message could not be read");
    this.#api.emit("gateway unreadable");
  }

  #late(): GatewayFault {
    if (this.#phase === "dialling") return faults.notRunning(this.#address);
    return this.#phase === "greeting" ? faults.noHandshake(this.#address) : faults.notLoggedIn();
  }
}

const notWritten = (why: string): Error =>
  ibRefusal(BrokerErrorCode.CONNECTION_FAILED, `Interactive Brokers: ${why}; nothing was sent`);
