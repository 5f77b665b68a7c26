import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What a test makes the authenticator, or the browser in front of it, do otherwise. */
export interface Quirks {
  origin?: string;
  /** Default: what the options say. */
  rpId?: string;
  /** Default: what the options say. */
  challenge?: string;
  /** Whether the owner was asked for a fingerprint or PIN. Default: true. */
  isVerified?: boolean;
  /** Whether the owner touched it. Default: true. */
  isPresent?: boolean;
  /** What a page in a frame of another origin gets. */
  isCrossOrigin?: boolean;
  /** `webauthn.get` or `webauthn.create`. Default: what is right. */
  type?: string;
}

export interface RegistrationQuirks extends Quirks {
  attestation?: 'none' | 'packed' | 'packed with a certificate';
  /** The answer is another one's than it says. */
  credentialId?: Buffer;
}

export interface AssertionQuirks extends Quirks {
  /** Default: one more than last time. */
  counter?: number;
  /** Default: the one of the credential. Null: none is told. */
  userHandle?: string | null;
  /** Signs with another key than the credential's. */
  isForged?: boolean;
}

interface Credential {
  id: Buffer;
  rpId: string;
  userHandle: string;
  privateKey: KeyObject;
  counter: number;
}

const flagBits = { isPresent: 0x01, isVerified: 0x04, isBackupEligible: 0x08, isBackedUp: 0x10, hasCredential: 0x40 };

/** Where `npm start` serves the front end. */
const defaultOrigin = 'http://localhost:4000';

const encode = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();

/** COSE key (RFC 9053, 7.1.1): EC2, ES256, P-256. */
function coseKey(publicKey: KeyObject): Uint8Array {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const entries: [number, number | Uint8Array][] = [
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
    [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
  ];
  return isoCBOR.encode(new Map(entries));
}

/**
 * A WebAuthn authenticator and the browser in front of it, in software: real keys, real bytes (Web Authentication Level 3,
 * sections 6.1, 6.5 and 8). It keeps discoverable credentials and signs with ES256.
 */
export class Authenticator {
  readonly credentials: Credential[] = [];
  /** Synced, as passkeys of a phone are: then it is backed up and does not count. */
  readonly isSynced: boolean;

  constructor({ isSynced = false } = {}) {
    this.isSynced = isSynced;
  }

  /** `navigator.credentials.create`. */
  create(options: PublicKeyCredentialCreationOptionsJSON, quirks: RegistrationQuirks = {}): RegistrationResponseJSON {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const id = quirks.credentialId ?? randomBytes(32);
    const rpId = quirks.rpId ?? options.rp.id ?? '';
    this.credentials.push({ id, rpId, userHandle: options.user.id, privateKey, counter: 0 });
    const clientData = this.#clientData('webauthn.create', options.challenge, quirks);
    const idLength = Buffer.alloc(2);
    idLength.writeUInt16BE(id.length);
    const credentialData = Buffer.concat([Buffer.alloc(16), idLength, id, coseKey(publicKey)]);
    const authenticatorData = this.#authenticatorData(rpId, 0, quirks, credentialData);
    const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientData)]), privateKey);
    const attestationObject = isoCBOR.encode(
      new Map<string, string | Uint8Array | Map<string, number | Uint8Array | Uint8Array[]>>([
        ['fmt', quirks.attestation === undefined || quirks.attestation === 'none' ? 'none' : 'packed'],
        ['attStmt', attestationStatement(quirks.attestation ?? 'none', signature)],
        ['authData', new Uint8Array(authenticatorData)],
      ]),
    );
    return {
      id: encode(id),
      rawId: encode(id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: encode(clientData),
        attestationObject: encode(attestationObject),
        transports: this.isSynced ? ['internal', 'hybrid'] : ['usb'],
      },
    };
  }

  /** `navigator.credentials.get`. */
  get(options: PublicKeyCredentialRequestOptionsJSON, quirks: AssertionQuirks = {}): AuthenticationResponseJSON {
    const allowed = options.allowCredentials?.map(({ id }) => id);
    const credential = this.credentials.find(({ id }) => allowed === undefined || allowed.includes(encode(id)));
    if (credential === undefined) throw new Error('The authenticator has none of the credentials that are asked for.');
    return this.prove(credential, options, quirks);
  }

  /** Proves a credential whether or not it is asked for. */
  prove(
    credential: Credential,
    options: PublicKeyCredentialRequestOptionsJSON,
    quirks: AssertionQuirks = {},
  ): AuthenticationResponseJSON {
    if (!this.isSynced) credential.counter += 1;
    const clientData = this.#clientData('webauthn.get', options.challenge, quirks);
    const counter = quirks.counter ?? credential.counter;
    const authenticatorData = this.#authenticatorData(quirks.rpId ?? options.rpId ?? '', counter, quirks);
    const { privateKey } = quirks.isForged ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : credential;
    const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientData)]), privateKey);
    const userHandle = quirks.userHandle === undefined ? credential.userHandle : quirks.userHandle;
    return {
      id: encode(credential.id),
      rawId: encode(credential.id),
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: encode(clientData),
        authenticatorData: encode(authenticatorData),
        signature: encode(signature),
        ...(userHandle !== null && { userHandle }),
      },
    };
  }

  #clientData(type: string, challenge: string, quirks: Quirks): string {
    return JSON.stringify({
      type: quirks.type ?? type,
      challenge: quirks.challenge ?? challenge,
      origin: quirks.origin ?? defaultOrigin,
      crossOrigin: quirks.isCrossOrigin ?? false,
    });
  }

  #authenticatorData(rpId: string, count: number, quirks: Quirks, credentialData = Buffer.alloc(0)): Buffer {
    const flags =
      (quirks.isPresent === false ? 0 : flagBits.isPresent) |
      (quirks.isVerified === false ? 0 : flagBits.isVerified) |
      (this.isSynced ? flagBits.isBackupEligible | flagBits.isBackedUp : 0) |
      (credentialData.length > 0 ? flagBits.hasCredential : 0);
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags, 0);
    tail.writeUInt32BE(count, 1);
    return Buffer.concat([sha256(rpId), tail, credentialData]);
  }
}

function attestationStatement(
  attestation: NonNullable<RegistrationQuirks['attestation']>,
  signature: Buffer,
): Map<string, number | Uint8Array | Uint8Array[]> {
  if (attestation === 'none') return new Map();
  const statement = new Map<string, number | Uint8Array | Uint8Array[]>([
    ['alg', -7],
    ['sig', new Uint8Array(signature)],
  ]);
  if (attestation === 'packed with a certificate') statement.set('x5c', [new Uint8Array(randomBytes(64))]);
  return statement;
}
