import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import type { PasskeyAssertion, PasskeyAttestation, PasskeyCreation, PasskeyRequest } from "../wire/passkeys.ts";
import { cbor } from "./cbor.ts";

/** Flags of the authenticator's data (WebAuthn 6.1). */
const PRESENT = 0x01;
export const VERIFIED = 0x04;
const ATTESTED = 0x40;

/** What an answer says in place of the truth. */
export interface Twist {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  /** Taken out of the flags. */
  readonly without?: number;
  readonly signCount?: number;
  /** The id of the person, base64url; null says none. */
  readonly userHandle?: string | null;
  /** Of whom the signature is. */
  readonly signer?: SoftAuthenticator;
  /** A bit of the signature is another one. */
  readonly isFlipped?: boolean;
  /** The attestation statement, of the format "packed". */
  readonly statement?: ReadonlyMap<string, unknown>;
}

/** An authenticator with one ES256 key, and the browser around it: it answers as Chromium does, or as a test twists it. */
export class SoftAuthenticator {
  readonly id = randomBytes(16).toString("base64url");
  readonly #origin: string;
  readonly #key: KeyObject;
  readonly #publicKey: Buffer;
  /** Of who was first. */
  #userHandle = "";
  #signCount: number;

  /** @param signCount the counter before its first use; 0 keeps none */
  constructor(origin: string, signCount = 0) {
    this.#origin = origin;
    this.#signCount = signCount;
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    this.#key = privateKey;
    this.#publicKey = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, "base64url")],
        [-3, Buffer.from(y, "base64url")],
      ]),
    );
  }

  /** Answers `credentials.create`. */
  create({ rp, user, challenge }: PasskeyCreation, twist: Twist = {}): PasskeyAttestation {
    this.#userHandle ||= user.id;
    const id = Buffer.from(this.id, "base64url");
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, id, this.#publicKey]);
    const authData = Buffer.concat([this.#data(rp.id, ATTESTED, twist), attested]);
    const object = new Map<string, unknown>([
      ["fmt", twist.statement === undefined ? "none" : "packed"],
      ["attStmt", twist.statement ?? new Map()],
      ["authData", authData],
    ]);
    const clientDataJSON = this.#clientData("webauthn.create", challenge, twist).toString("base64url");
    const response = {
      clientDataJSON,
      attestationObject: cbor(object).toString("base64url"),
      transports: ["internal"],
    };
    return { id: this.id, rawId: this.id, type: "public-key", response };
  }

  /** Answers `credentials.get`. */
  get({ rpId, challenge }: PasskeyRequest, twist: Twist = {}): PasskeyAssertion {
    if (this.#signCount > 0) this.#signCount += 1;
    const authenticatorData = this.#data(rpId, 0, twist);
    const clientData = this.#clientData("webauthn.get", challenge, twist);
    const digest = createHash("sha256").update(clientData).digest();
    const signature = (twist.signer ?? this).#sign(Buffer.concat([authenticatorData, digest]));
    // In the first number of the two: the second one's last byte may be cut off by another length.
    if (twist.isFlipped === true) signature.writeUInt8(signature.readUInt8(10) ^ 1, 10);
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      response: {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authenticatorData.toString("base64url"),
        signature: signature.toString("base64url"),
        userHandle: twist.userHandle === undefined ? this.#userHandle : twist.userHandle,
      },
    };
  }

  #sign(data: Buffer): Buffer {
    return sign("sha256", data, this.#key);
  }

  #clientData(type: string, challenge: string, twist: Twist): Buffer {
    const { origin = this.#origin, crossOrigin = false } = twist;
    return Buffer.from(
      JSON.stringify({ type: twist.type ?? type, challenge: twist.challenge ?? challenge, origin, crossOrigin }),
    );
  }

  #data(rpId: string, flags: number, { rpId: other, without = 0, signCount = this.#signCount }: Twist): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(signCount);
    const said = (PRESENT | VERIFIED | flags) & ~without;
    return Buffer.concat([
      createHash("sha256")
        .update(other ?? rpId)
        .digest(),
      Buffer.of(said),
      counter,
    ]);
  }
}
