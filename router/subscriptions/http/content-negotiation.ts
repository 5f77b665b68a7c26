/** The forms in which the answer to an operation can be sent. Apollo Server makes those of `json`. */
export type AnswerForm = 'json' | StreamForm;

/** The forms that can carry many results. */
export type StreamForm = 'event-stream' | 'multipart';

/**
 * Reads from an `Accept` header (RFC 9110, 12.5.1) what the client takes of that, best first. Of multipart answers only those of
 * the protocol for subscriptions count, whatever boundary the client would like: there are other ones, for `@defer`.
 */
export function parseAccept(header: string | undefined): AnswerForm[] {
  if (header === undefined) return ['json'];
  return splitOutsideQuotes(header, ',')
    .map(readRange)
    .filter(({ form, quality }) => form !== null && quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ form }) => form as AnswerForm);
}

function readRange(range: string): { form: AnswerForm | null; quality: number } {
  const [type = '', ...rest] = splitOutsideQuotes(range, ';').map((part) => part.trim());
  const parameters = new Map(rest.map(readParameter));
  const quality = Number(parameters.get('q') ?? 1);
  return { form: formOf(type.toLowerCase(), parameters), quality };
}

function formOf(type: string, parameters: ReadonlyMap<string, string>): AnswerForm | null {
  switch (type) {
    case 'text/event-stream':
      return 'event-stream';
    case 'multipart/mixed':
      return parameters.get('subscriptionspec') === '1.0' ? 'multipart' : null;
    case 'application/json':
    case 'application/graphql-response+json':
    case 'application/*':
    case '*/*':
      return 'json';
    default:
      return null;
  }
}

function readParameter(text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  const value = text.slice(at + 1).trim();
  const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
  return [text.slice(0, at).trim().toLowerCase(), isQuoted ? value.slice(1, -1) : value];
}

function splitOutsideQuotes(text: string, separator: ',' | ';'): string[] {
  return text.match(separator === ',' ? /(?:[^,"]|"[^"]*")+/g : /(?:[^;"]|"[^"]*")+/g) ?? [];
}
