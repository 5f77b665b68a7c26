import type { FastifyRequest } from 'fastify';
import type { OperationRequest } from '../prepare-operation.ts';

/**
 * Reads the operation of an HTTP request, from its body or, with GET, from its query string. Null when there is none, or it is of
 * another form: what is wrong with it, Apollo Server says.
 */
export function readOperation({ method, body, query }: FastifyRequest): OperationRequest | null {
  if (method === 'POST') return checkOperation(body);
  if (method !== 'GET' || !isRecord(query)) return null;
  return checkOperation({ ...query, variables: parseVariables(query['variables']) });
}

function checkOperation(source: unknown): OperationRequest | null {
  if (!isRecord(source)) return null;
  const { query, operationName = null, variables = null } = source;
  if (typeof query !== 'string') return null;
  if (operationName !== null && typeof operationName !== 'string') return null;
  if (variables !== null && !isRecord(variables)) return null;
  return { query, operationName, variables };
}

/** Variables in a query string are JSON. What is not stays a text, which is of no right form. */
function parseVariables(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
