/** How deep a message may be nested: what walks through it, here and in subgraphs, has a stack that ends somewhere. */
export const nestingLimit = 200;

/** Characters of an operation's id, which is kept as long as the operation and repeated with each of its events. A UUID has 36. */
export const operationIdLimit = 128;

/** What servers alone say. The library takes it for a fault of its own. */
const serverTypes: ReadonlySet<unknown> = new Set(['connection_ack', 'next', 'error']);

/** A message as it came, and of what it says what has to be known before the protocol's library gets it. */
export interface ClientMessage {
  text: string;
  type: unknown;
  /** Of an operation; null where there is none. */
  id: string | null;
  /** Why it is refused, though the library would take it; null for any other. */
  fault: string | null;
}

/** Reads a message. One that is none of the protocol, or not even JSON, is for the library to refuse. */
export function readMessage(text: string): ClientMessage {
  const invalid = 'Invalid message received';
  if (isNestedTooDeep(text)) return { text, type: null, id: null, fault: invalid };
  const { type, id } = parseHead(text);
  const message = { text, type, id: typeof id === 'string' ? id : null, fault: null };
  if (serverTypes.has(type)) return { ...message, fault: invalid };
  if (message.id === null || message.id.length <= operationIdLimit) return message;
  return { ...message, fault: `The id of an operation has at most ${operationIdLimit} characters` };
}

function parseHead(text: string): { type?: unknown; id?: unknown } {
  try {
    return (JSON.parse(text) as { type?: unknown; id?: unknown } | null) ?? {};
  } catch {
    return {};
  }
}

/**
 * Asked of the text, before anything parses it: a message that is nested as deep as its length permits is refused at once, where
 * to parse it, or to walk what was parsed, takes milliseconds.
 */
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
