/** How deep a message may be nested: what walks through it, here and in subgraphs, has a stack that ends somewhere. */
export const nestingLimit = 200;

/** Characters of an operation's id, which is kept as long as the operation and repeated with each of its events. A UUID has 36. */
export const operationIdLimit = 128;

/** What servers alone say. The library takes it for a fault of its own. */
const serverTypes: ReadonlySet<unknown> = new Set(['connection_ack', 'next', 'error']);

/** Why a message is refused that the protocol's library would take; null for any other. */
export function findFault(message: string): string | null {
  const invalid = 'Invalid message received';
  if (isNestedTooDeep(message)) return invalid;
  const { type, id } = readHead(message);
  if (serverTypes.has(type)) return invalid;
  const isIdTooLong = typeof id === 'string' && id.length > operationIdLimit;
  return isIdTooLong ? `The id of an operation has at most ${operationIdLimit} characters` : null;
}

function readHead(message: string): { type?: unknown; id?: unknown } {
  try {
    return (JSON.parse(message) as { type?: unknown; id?: unknown } | null) ?? {};
  } catch {
    // The library says so.
    return {};
  }
}

function isNestedTooDeep(json: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (isInString) {
      if (character === '\\') index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > nestingLimit) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}
