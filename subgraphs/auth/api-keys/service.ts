import DataLoader from 'dataloader';
import { writeToOutbox } from '../../../platform/durable-events/outbox.ts';
import { isId, newId } from '../../../platform/identifiers.ts';
import { parseLine } from '../../../platform/text.ts';
import { type AccountRecord, findAccount, lockAccount } from '../accounts/repository.ts';
import { requireAdministrator } from '../administration/actor.ts';
import { createRecorder } from '../audit/record.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { sessionRevoked } from '../events.ts';
import { Failure } from '../failure.ts';
import { notify } from '../mail/notify.ts';
import { canWriteAccounts, grantableScopesOf } from '../policy.ts';
import type { CreateApiKeyInput, RevokeApiKeyInput, Role } from '../schema.types.ts';
import {
  lockOwnAccount,
  requireProvenAddress,
  requireRecentAuthentication,
  requireSession,
} from '../sessions/step-up.ts';
import { hashToken } from '../tickets/codes.ts';
import { parseEnd } from '../times.ts';
import {
  type ApiKeyRecord,
  countLiveApiKeys,
  endApiKey,
  findLiveApiKey,
  insertApiKey,
  listLiveApiKeys,
} from './repository.ts';
import { usableScopes } from './scopes.ts';
import { makeApiKeySecret } from './secrets.ts';

/** An account has at most so many keys that have not ended. */
const apiKeyLimit = 50;

const nameCharacters = 80;

type Transaction = Parameters<typeof insertApiKey>[0];

/** The use cases of API keys, for one request. */
export function createApiKeyService(dependencies: AuthDependencies, request: AuthRequest) {
  const { database, relay, mailSender, settings, now } = dependencies;
  const { viewer, trace } = request;
  const record = createRecorder(request, now);

  const liveKeys = new DataLoader<string, ApiKeyRecord[]>(async (accountIds) => {
    const keys = Map.groupBy(await listLiveApiKeys(database, accountIds, now()), ({ accountId }) => accountId);
    return accountIds.map((id) => keys.get(id) ?? []);
  });

  async function createApiKey(input: CreateApiKeyInput): Promise<{ apiKey: ApiKeyRecord; secret: string }> {
    const session = await requireRecentAuthentication(dependencies, request);
    const name = parseName(input.name);
    const expiresAt = parseEnd(input.expiresAt, now(), 'expiresAt');
    const secret = makeApiKeySecret();
    const apiKey = await database.$transaction(async (transaction) => {
      const account = await lockKeyHolder(transaction, session, input.serviceAccountId ?? null);
      const accountId = account.id;
      const scopes = parseScopes(input.scopes, account.role);
      const createdAt = now();
      // Counted under the lock of the account: two at once can't both be the last.
      if ((await countLiveApiKeys(transaction, accountId, createdAt)) >= apiKeyLimit) {
        throw new Failure('API_KEY_LIMIT_REACHED', `An account has at most ${apiKeyLimit} keys. End one first.`);
      }
      const id = newId();
      const key = { id, accountId, hash: hashToken(secret), name, scopes, createdAt, expiresAt };
      const apiKey = await insertApiKey(transaction, key);
      const details = { apiKeyId: id, scopes, expiresAt: expiresAt?.toISOString() ?? null };
      await record(transaction, 'api_key_created', { accountId, details });
      await notify(transaction, dependencies, account, 'An API key was made for your account');
      return apiKey;
    });
    mailSender.wake();
    return { apiKey, secret };
  }

  /** Whom a new key is for: the viewer, or a service account when the viewer looks after those. */
  async function lockKeyHolder(
    transaction: Transaction,
    session: Parameters<typeof lockOwnAccount>[2],
    serviceAccountId: string | null,
  ): Promise<AccountRecord> {
    if (serviceAccountId === null) {
      const account = await lockOwnAccount(transaction, dependencies, session);
      requireProvenAddress(settings, account);
      return account;
    }
    await requireAdministrator(transaction, dependencies, request);
    const account = isId(serviceAccountId) ? await lockAccount(transaction, serviceAccountId) : null;
    if (account !== null && account.status !== 'DELETED' && account.kind === 'SERVICE') return account;
    throw new Failure('ACCOUNT_NOT_FOUND', 'There is no such service account.', ['serviceAccountId']);
  }

  async function revokeApiKey({ apiKeyId }: RevokeApiKeyInput): Promise<{ apiKey: ApiKeyRecord }> {
    const { accountId: viewerId } = await requireSession(dependencies, request);
    const apiKey = await database.$transaction(async (transaction) => {
      const at = now();
      const found = isId(apiKeyId) ? await findLiveApiKey(transaction, apiKeyId, at) : null;
      if (found === null || !(await mayRevoke(transaction, found, viewerId))) return null;
      const ended = await endApiKey(transaction, found.id, at);
      if (ended === null) return null;
      const { id: sessionId, accountId } = ended;
      await record(transaction, 'api_key_revoked', { accountId, details: { apiKeyId: sessionId } });
      await writeToOutbox(transaction, sessionRevoked({ sessionId, userId: accountId }, trace, at));
      return ended;
    });
    if (apiKey === null) throw new Failure('API_KEY_NOT_FOUND', 'You have no such key.', ['apiKeyId']);
    relay.wake();
    return { apiKey };
  }

  /** One's own keys, and, for administrators, those of service accounts. To everybody else a key does not exist. */
  async function mayRevoke(transaction: Transaction, key: ApiKeyRecord, viewerId: string): Promise<boolean> {
    if (key.accountId === viewerId) return true;
    const holder = await findAccount(transaction, key.accountId);
    if (holder?.kind !== 'SERVICE' || !canWriteAccounts(viewer)) return false;
    await requireAdministrator(transaction, dependencies, request);
    return true;
  }

  /** Keys that have not ended, as far as their scopes go now. */
  async function listOwn({ id, role }: AccountRecord): Promise<ApiKeyRecord[]> {
    const keys = await liveKeys.load(id);
    return keys.map((key) => ({ ...key, scopes: usableScopes(key.scopes, role) }));
  }

  return {
    createApiKey,
    revokeApiKey,
    listOwn,
    /** The keys of a person are that person's own affair. */
    listOfServiceAccount: async (account: AccountRecord) => (account.kind === 'SERVICE' ? listOwn(account) : []),
  };
}

/** @throws Failure NAME_INVALID */
function parseName(input: string): string {
  const parsed = parseLine(input, nameCharacters);
  if ('text' in parsed) return parsed.text;
  throw new Failure('NAME_INVALID', `A name has 1 to ${nameCharacters} characters on one line.`, ['name']);
}

/** Each scope once, in the order of the role. @throws Failure SCOPE_INVALID */
function parseScopes(input: readonly string[], role: Role): string[] {
  const wanted = new Set(input);
  const scopes = grantableScopesOf(role).filter((scope) => wanted.has(scope));
  if (scopes.length > 0 && scopes.length === wanted.size) return scopes;
  throw new Failure('SCOPE_INVALID', 'A key has scopes, and only those that the role of its account grants.', [
    'scopes',
  ]);
}
