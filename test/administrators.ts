import type { TestClient } from './client.ts';
import type { TestStack } from './harness.ts';

/** Registers somebody and makes an administrator of them, as `npm run accounts -- set-role` does. */
export async function registerAdministrator(stack: TestStack): Promise<TestClient> {
  const client = await stack.register('admin');
  await stack.databases.query('auth', "UPDATE account SET role = 'ADMIN' WHERE id = $1", [client.userId]);
  await client.signIn(client.username);
  return client;
}

type Fields = Record<string, unknown>;

/** Runs a mutation on accounts and resolves to the account, or to the codes of the errors that kept it from being changed. */
export async function changeAccount(client: TestClient, mutation: string, input: Fields): Promise<Fields | string[]> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const { account, userErrors } = await client.run(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) {
      account { id kind status role suspensionReason suspendedUntil user { username } } userErrors { code field }
    } }`,
    { input },
  );
  return account ?? userErrors.map(({ code }: { code: string }) => code);
}

/** A new API key, or the codes of the errors that kept it from being made. */
export async function createApiKey(
  client: TestClient,
  input: Fields,
): Promise<{ id: string; secret: string; errors: string[] }> {
  const { apiKey, secret, userErrors } = await client.run(
    `mutation ($input: CreateApiKeyInput!) {
      createApiKey(input: $input) { apiKey { id } secret userErrors { code field } }
    }`,
    { input: { name: 'A program', scopes: ['account:read'], ...input } },
  );
  return { id: apiKey?.id, secret, errors: userErrors.map(({ code }: { code: string }) => code) };
}
