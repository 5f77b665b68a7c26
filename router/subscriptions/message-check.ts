/** How deep a message may be nested: what walks through it, here and in subgraphs, has a stack that ends somewhere. */
export const nestingLimit = 200;

/** What servers alone say. The library takes it for a fault of its own. */
const serverTypes: ReadonlySet<unknown> = new Set(['connection_ack', 'next', 'error']);

/** Whether a message is one that no client sends, and that the protocol's library does not refuse by itself. */
export function isForeign(message: string): boolean {
  return isNestedTooDeep(message) || serverTypes.has(typeOf(message));
}

function typeOf(message: string): unknown {
  try {
    return (JSON.parse(message) as { type?: unknown } | null)?.type;
  } catch {
    // The library says so.
    return undefined;
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
