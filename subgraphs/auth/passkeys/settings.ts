import { z } from 'zod';
import { commaListSetting } from '../../../platform/settings.ts';

/** A page, or an app as Android names it to WebAuthn: `android:apk-key-hash:<hash>`. */
const origin = z
  .string()
  .regex(/^(https?:\/\/[^/?#]+|android:apk-key-hash:[\w-]+)$/, 'must be an origin, without a path');

/** `https://chat.example.org, https://admin.example.org` */
const originList = commaListSetting.pipe(z.array(origin));

/** Settings of passkeys. What is not set follows from APP_URL: relying-party.ts. */
export const passkeySettings = {
  /** The domain that passkeys are made for: that of the front ends, or one above it. With another one all of them are lost. */
  WEBAUTHN_RP_ID: z.hostname().optional(),
  /** The front ends that may ask for passkeys. */
  WEBAUTHN_ORIGINS: originList,
};
