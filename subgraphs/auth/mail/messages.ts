/** A mail: plain text, which every program shows and nothing can hide in. */
export interface MailMessage {
  to: string;
  subject: string;
  text: string;
}

interface MailSettings {
  /** How the installation calls itself. */
  APP_NAME: string;
  /** Where the front end is. With it, mails carry links; without, codes alone. */
  APP_URL?: string | undefined;
}

/** Proves that the address is the account's. */
export function verificationMail(settings: MailSettings, to: string, username: string, code: string): MailMessage {
  return compose(settings, to, 'Verify your e-mail address', [
    `Hello ${username},`,
    'with this code you verify that this e-mail address is yours:',
    presentCode(settings, code, 'verify-email'),
    'It works once, within 24 hours. If you have not registered, ignore this mail.',
  ]);
}

export function passwordResetMail(settings: MailSettings, to: string, username: string, code: string): MailMessage {
  return compose(settings, to, 'Set a new password', [
    `Hello ${username},`,
    'with this code you set a new password:',
    presentCode(settings, code, 'reset-password'),
    'It works once, within ten minutes. If you have not asked for it, ignore this mail: your password stays as it is.',
  ]);
}

/** Goes to the new address. */
export function emailChangeMail(settings: MailSettings, to: string, username: string, code: string): MailMessage {
  return compose(settings, to, 'Confirm your new e-mail address', [
    `Hello ${username},`,
    'with this code you confirm that this is your e-mail address from now on:',
    presentCode(settings, code, 'confirm-email-change'),
    'It works once, within 24 hours. If you have not asked for it, ignore this mail.',
  ]);
}

/** Goes to the old address. */
export function emailChangeWarning(settings: MailSettings, to: string, username: string, code: string): MailMessage {
  return compose(settings, to, 'Your e-mail address is about to change', [
    `Hello ${username},`,
    'somebody who is signed in to your account wants to change its e-mail address. If it was you, there is nothing to do.',
    'If it was not, this code takes the change back, even after it was made, and signs everybody out:',
    presentCode(settings, code, 'undo-email-change'),
    'It works once, within seven days. Then set a new password.',
  ]);
}

/** Tells the owner of something that they should know of if they did not do it. */
export function noticeMail(settings: MailSettings, to: string, username: string, what: string): MailMessage {
  return compose(settings, to, what, [
    `Hello ${username},`,
    `${what}.`,
    'If it was you, there is nothing to do. If it was not, set a new password at once, which signs everybody out.',
  ]);
}

/** Tells the owner what an administrator did to the account. */
export function decisionMail(
  settings: MailSettings,
  to: string,
  username: string,
  what: string,
  details: readonly string[],
): MailMessage {
  const origin = `An administrator of ${settings.APP_NAME} did this.`;
  return compose(settings, to, what, [`Hello ${username},`, `${what}.`, ...details, origin]);
}

function presentCode({ APP_URL }: MailSettings, code: string, page: string): string {
  if (APP_URL === undefined) return `    ${code}`;
  return `    ${code}\n\nor open\n\n    ${new URL(`${page}#code=${code}`, APP_URL.endsWith('/') ? APP_URL : `${APP_URL}/`)}`;
}

function compose(settings: MailSettings, to: string, subject: string, paragraphs: readonly string[]): MailMessage {
  return { to, subject: `${settings.APP_NAME}: ${subject}`, text: `${paragraphs.join('\n\n')}\n` };
}
