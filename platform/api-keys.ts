/** What every API key begins with, so that people, and programs that look for leaked secrets, know one when they see it. */
export const apiKeyPrefix = 'chorus_';

/** Where the subgraph that issues API keys exchanges one for an access token, beside its GraphQL endpoint. */
export const apiKeyTokenPath = '/api-keys/token';

const apiKeyForm = new RegExp(`^${apiKeyPrefix}[\\w-]{40,128}$`);

/** Whether a bearer credential has the form of an API key. No access token has it: those begin with a JSON object in base64. */
export function isApiKey(credential: string): boolean {
  return apiKeyForm.test(credential);
}
