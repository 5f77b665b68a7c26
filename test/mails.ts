import { eventually } from './eventually.ts';
import type { TestStack } from './harness.ts';

/** A mail as the mailbox of a stack without SMTP shows it. */
export interface TestMail {
  id: string;
  to: string;
  subject: string;
  text: string;
}

/** Waits for a mail to an address whose subject matches; of several it takes the newest. */
export async function waitForMail(stack: TestStack, to: string, subject: RegExp): Promise<TestMail> {
  return eventually(async () => {
    const mails = await readMails(stack, to);
    const found = mails.find((mail) => subject.test(mail.subject));
    if (found === undefined) throw new Error(`${to} has no mail about ${subject}, but ${JSON.stringify(mails)}`);
    return found;
  });
}

/** The newest mails to an address, newest first. A mail is there as soon as the mutation that causes it has answered. */
export async function readMails(stack: TestStack, to: string): Promise<TestMail[]> {
  const url = new URL('/mailbox.json', stack.subgraphs.auth.url);
  url.searchParams.set('to', to);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}`);
  return (await response.json()) as TestMail[];
}

/** The code that a mail carries. */
export function codeIn({ text }: { text: string }): string {
  const [code] = /\b(?:[0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}\b/.exec(text) ?? [];
  if (code === undefined) throw new Error(`There is no code in: ${text}`);
  return code;
}
