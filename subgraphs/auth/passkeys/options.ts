import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { COSEALG } from '@simplewebauthn/server/helpers';
import type { RelyingParty } from './relying-party.ts';
import type { CredentialRecord } from './repository.ts';

/** How long an authenticator has to answer. The schema says the same. */
export const passkeyChallengeLifetimeMilliseconds = 300_000;

/** What authenticators sign with today, in the order in which they are asked for it. */
export const signatureAlgorithms: number[] = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256];

/**
 * What a browser hands to an authenticator to make a passkey: one that can be found without a username, of somebody whom the
 * authenticator has verified, on an authenticator that holds none for the account yet.
 */
export async function registrationOptions(
  { id, name }: RelyingParty,
  account: { id: string; username: string },
  credentials: readonly CredentialRecord[],
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    rpID: id,
    rpName: name,
    userName: account.username,
    userDisplayName: account.username,
    userID: new TextEncoder().encode(account.id),
    timeout: passkeyChallengeLifetimeMilliseconds,
    supportedAlgorithmIDs: signatureAlgorithms,
    attestationType: 'none',
    excludeCredentials: credentials.map(describe),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** What a browser hands to an authenticator to prove a passkey. @param credentials one of these; null for whichever there is */
export async function requestOptions(
  { id }: RelyingParty,
  credentials: readonly CredentialRecord[] | null,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: id,
    timeout: passkeyChallengeLifetimeMilliseconds,
    userVerification: 'required',
    ...(credentials !== null && { allowCredentials: credentials.map(describe) }),
  });
}

function describe({ credentialId, transports }: CredentialRecord): { id: string; transports: string[] } {
  return { id: Buffer.from(credentialId).toString('base64url'), transports };
}
