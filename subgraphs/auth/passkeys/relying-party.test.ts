import { describe, expect, it } from 'vitest';
import { relyingPartyOf } from './relying-party.ts';

describe('the relying party', () => {
  it('is the machine of whoever develops when nothing is set', () => {
    const party = relyingPartyOf({ APP_NAME: 'Chorus', WEBAUTHN_ORIGINS: [] });
    expect(party).toEqual({ id: 'localhost', name: 'Chorus', origins: ['http://localhost:4000'] });
  });

  it('follows from where the front end is', () => {
    const party = relyingPartyOf({ APP_NAME: 'Chat', APP_URL: 'https://chat.example.org/app/', WEBAUTHN_ORIGINS: [] });
    expect(party).toEqual({ id: 'chat.example.org', name: 'Chat', origins: ['https://chat.example.org'] });
  });

  it('follows from the first page of the origins when those are set', () => {
    const origins = ['android:apk-key-hash:abc', 'https://one.example.org:8443', 'https://two.example.org'];
    const settings = { APP_NAME: 'Chat', APP_URL: 'https://chat.example.org', WEBAUTHN_ORIGINS: origins };
    expect(relyingPartyOf(settings)).toEqual({ id: 'one.example.org', name: 'Chat', origins });
  });

  it('is what is set', () => {
    const settings = {
      APP_NAME: 'Chat',
      WEBAUTHN_RP_ID: 'example.org',
      WEBAUTHN_ORIGINS: ['https://chat.example.org'],
    };
    expect(relyingPartyOf(settings).id).toBe('example.org');
  });
});
