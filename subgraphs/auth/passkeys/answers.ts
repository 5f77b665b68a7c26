import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from '@simplewebauthn/server';
import { decodeAttestationObject, decodeClientDataJSON, isoBase64URL } from '@simplewebauthn/server/helpers';
import { z } from 'zod';
import { signatureAlgorithms } from './options.ts';
import type { RelyingParty } from './relying-party.ts';

const base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** Web Authentication Level 3, 4: no credential id is longer. */
const credentialIdLimitBytes = 1023;

/** RegistrationResponseJSON of Web Authentication Level 3, as far as it matters here. */
const attestationSchema = z.object({
  id: base64Url,
  rawId: base64Url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64Url,
    attestationObject: base64Url,
    transports: z.array(z.string()).catch([]),
  }),
});

/** AuthenticationResponseJSON, likewise. */
const assertionSchema = z.object({
  id: base64Url,
  rawId: base64Url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64Url,
    authenticatorData: base64Url,
    signature: base64Url,
    userHandle: base64Url.nullish(),
  }),
});

type Assertion = z.output<typeof assertionSchema>;

/** The ways to an authenticator that browsers know; a client may claim others, and they would be handed to browsers again. */
const knownTransports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

/** What an authenticator made. */
export interface NewCredential {
  credentialId: Buffer;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
  transports: string[];
  isBackedUp: boolean;
}

/** Checks what an authenticator answered to registration options. Null unless it proves a new passkey. */
export async function verifyRegistration(
  { id, origins }: RelyingParty,
  answer: unknown,
  challenge: string,
): Promise<NewCredential | null> {
  const { success, data } = attestationSchema.safeParse(answer);
  if (!success) return null;
  try {
    if (isFramedElsewhere(data.response.clientDataJSON) || hasCertificate(data.response.attestationObject)) return null;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...data, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: origins,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: signatureAlgorithms,
    });
    if (!verified) return null;
    const { credential, credentialBackedUp } = registrationInfo;
    const credentialId = Buffer.from(credential.id, 'base64url');
    if (credentialId.length > credentialIdLimitBytes) return null;
    return {
      credentialId,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: data.response.transports.filter((transport) => knownTransports.includes(transport)),
      isBackedUp: credentialBackedUp,
    };
  } catch {
    // The library throws for whatever does not fit.
    return null;
  }
}

/** The answer of an authenticator, as far as it says which passkey it is about. */
export interface ParsedAssertion {
  credentialId: Buffer;
  /** The id of the account that the passkey was made for, as the authenticator remembers it; null when it does not say. */
  accountId: string | null;
  assertion: Assertion;
}

export function parseAssertion(answer: unknown): ParsedAssertion | null {
  const { success, data } = assertionSchema.safeParse(answer);
  if (!success) return null;
  const { userHandle } = data.response;
  return {
    credentialId: Buffer.from(data.id, 'base64url'),
    accountId: userHandle == null ? null : Buffer.from(userHandle, 'base64url').toString(),
    assertion: data,
  };
}

/**
 * Checks what an authenticator answered to request options. Null unless it proves the passkey. Its counter is left to the
 * caller, who compares and stores it in one step: here only what a counter of zero must be is looked at.
 */
export async function verifyAssertion(
  { id, origins }: RelyingParty,
  { id: credentialId, rawId, type, response }: Assertion,
  publicKey: Uint8Array,
  challenge: string,
): Promise<{ counter: number; isBackedUp: boolean } | null> {
  const { clientDataJSON, authenticatorData, signature } = response;
  const credential: WebAuthnCredential = { id: credentialId, publicKey: new Uint8Array(publicKey), counter: 0 };
  try {
    if (isFramedElsewhere(clientDataJSON)) return null;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id: credentialId,
        rawId,
        type,
        response: { clientDataJSON, authenticatorData, signature },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: origins,
      expectedRPID: id,
      credential,
      requireUserVerification: true,
    });
    if (!verified) return null;
    return { counter: authenticationInfo.newCounter, isBackedUp: authenticationInfo.credentialBackedUp };
  } catch {
    return null;
  }
}

/** Whether a page of another origin had ours in a frame, where a click is easily stolen. No front end of ours asks that way. */
function isFramedElsewhere(clientDataJson: string): boolean {
  return decodeClientDataJSON(clientDataJson).crossOrigin === true;
}

/**
 * Whether an attestation brings certificates. None were asked for, so that browsers remove them; nothing of a stranger's
 * certificates is parsed here, and no list of revoked ones fetched from where they say.
 */
function hasCertificate(attestationObject: string): boolean {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
  const format = attestation.get('fmt');
  return format !== 'none' && (format !== 'packed' || attestation.get('attStmt').get('x5c') !== undefined);
}
