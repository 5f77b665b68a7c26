import addressparser from 'nodemailer/lib/addressparser';

export interface MailAddress {
  /** Empty when there is none. */
  name: string;
  address: string;
}

/** Reads one address, with or without a name before it: `Chorus <chorus@example.org>`. Null for anything else. */
export function parseAddress(text: string): MailAddress | null {
  if (/\p{Cc}/u.test(text)) return null;
  const [sender, ...others] = addressparser(text, { flatten: true });
  if (sender === undefined || others.length > 0 || !/^[^\s@<>]+@[^\s@<>]+$/.test(sender.address)) return null;
  return { name: sender.name, address: sender.address };
}
