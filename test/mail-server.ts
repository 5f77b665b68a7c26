import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions } from 'smtp-server';

/** A mail as the server got it. */
export interface ReceivedMail {
  /** Of the envelope. */
  from: string;
  to: string[];
  raw: string;
  parsed: Email;
  /** Whether it came over TLS. */
  isSecure: boolean;
  /** Who the sender proved to be. */
  user: string | null;
}

/** What the server answers instead of accepting. */
export interface Refusal {
  code: number;
  text: string;
}

export interface TestMailServer {
  url: string;
  /** Every mail that the server has accepted, in order. */
  mails: ReceivedMail[];
  /** Every recipient that was named to the server, whether it accepted them or not. */
  recipients: string[];
  stop(): Promise<void>;
}

export interface TestMailServerOptions {
  /** Without one a free port. */
  port?: number;
  /** Asked for each recipient. */
  refuseRecipient?(address: string): Refusal | null;
  /** Asked for each mail, when it has been received; waited for. */
  refuseMail?(): Promise<Refusal | null> | Refusal | null;
  /** The one user; without one there is nobody to sign in as. */
  login?: { user: string; password: string };
  /** Offers STARTTLS; with a certificate that nobody trusts, so a sender who does not know it does not go on. */
  offersTls?: boolean;
}

/** A real SMTP server on the loopback address. */
export async function startMailServer(options: TestMailServerOptions = {}): Promise<TestMailServer> {
  const mails: ReceivedMail[] = [];
  const recipients: string[] = [];
  const server = new SMTPServer({
    ...mailServerCertificate,
    disabledCommands: [...(options.offersTls ? [] : ['STARTTLS']), ...(options.login ? [] : ['AUTH'])],
    authOptional: options.login === undefined,
    disableReverseLookup: true,
    // What is still open is cut when the server stops.
    closeTimeout: 1,
    ...handlers(options, mails, recipients),
  });
  server.on('error', () => undefined);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const user = options.login ? `${options.login.user}:${encodeURIComponent(options.login.password)}@` : '';
  return {
    url: `smtp://${user}127.0.0.1:${port}`,
    mails,
    recipients,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

function handlers(options: TestMailServerOptions, mails: ReceivedMail[], recipients: string[]): SMTPServerOptions {
  return {
    onAuth({ username, password }, _session, done) {
      const isRight = username === options.login?.user && password === options.login?.password;
      if (isRight) done(null, { user: username });
      else done(refusalError({ code: 535, text: '5.7.8 Authentication failed' }));
    },
    onRcptTo({ address }, _session, done) {
      recipients.push(address);
      const refusal = options.refuseRecipient?.(address) ?? null;
      done(refusal && refusalError(refusal));
    },
    async onData(stream, { envelope, secure, user }, done) {
      const raw = await readAll(stream);
      const refusal = (await options.refuseMail?.()) ?? null;
      if (refusal !== null) return done(refusalError(refusal));
      mails.push({
        from: envelope.mailFrom ? envelope.mailFrom.address : '',
        to: envelope.rcptTo.map(({ address }) => address),
        raw,
        parsed: await PostalMime.parse(raw),
        isSecure: secure,
        user: user ?? null,
      });
      done();
    },
  };
}

function refusalError({ code, text }: Refusal): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

async function readAll(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Self-signed, for `localhost`, until 2120. Its key protects nothing but this server. */
export const mailServerCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgokTAeBYO9StNUO9p
YcwmVJNj2s8lBZ8N3FBR5ArHIaOhRANCAAQHbcGV+0G9VAZTcCCYIPHJCFgfo09A
x4z27Yt/XoJYSLpcMFX2JsSNOD7bz/gPSn3FvOtj0gCUU5UOJqcQa8Ei
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBYTCCAQegAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAdtwZX7Qb1UBlNw
IJgg8ckIWB+jT0DHjPbti39eglhIulwwVfYmxI04PtvP+A9KfcW862PSAJRTlQ4m
pxBrwSKjSDBGMBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAPBgNVHRMBAf8EBTADAQH/
MB0GA1UdDgQWBBTjkVI5FGVbqe3N5YL5CHqSJA33RDAKBggqhkjOPQQDAgNIADBF
AiBs3JQ3w+daWNbz7dDHux1Y5Nk6UFjotvvFMzaaCN5vXQIhAIzT8ASQ+dievXnf
Sw1OpdYCh8fSTah7d/o9oNTKrSPz
-----END CERTIFICATE-----
`,
};
