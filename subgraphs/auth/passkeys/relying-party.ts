/** Who passkeys are made for, and the pages that may ask for them. */
export interface RelyingParty {
  /** A passkey belongs to it for ever: with another id all of them are lost. */
  id: string;
  name: string;
  origins: string[];
}

interface RelyingPartySettings {
  APP_NAME: string;
  APP_URL?: string | undefined;
  WEBAUTHN_RP_ID?: string | undefined;
  WEBAUTHN_ORIGINS: string[];
}

/** Where `npm start` serves everything, when nobody says where the front end is. */
const developmentOrigin = 'http://localhost:4000';

/** What is not set follows from what is: the origins from APP_URL, and the id from the first of the origins that is a page. */
export function relyingPartyOf(settings: RelyingPartySettings): RelyingParty {
  const { APP_NAME, APP_URL, WEBAUTHN_RP_ID, WEBAUTHN_ORIGINS } = settings;
  const page = APP_URL === undefined ? developmentOrigin : new URL(APP_URL).origin;
  const origins = WEBAUTHN_ORIGINS.length > 0 ? WEBAUTHN_ORIGINS : [page];
  const first = origins.find((origin) => /^https?:/.test(origin)) ?? page;
  return { id: WEBAUTHN_RP_ID ?? new URL(first).hostname, name: APP_NAME, origins };
}
