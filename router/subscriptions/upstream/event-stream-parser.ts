export interface ServerSentEvent {
  /** `message` when the server gave it no name. */
  event: string;
  data: string;
}

/**
 * Reads events from the text of a `text/event-stream`, as it comes, by the rules of the
 * [HTML standard](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation). Comments and fields other
 * than `event` and `data` are passed over: a subscription is resumed by its cursor.
 */
export class EventStreamParser {
  readonly #limitCharacters: number;
  /** The beginning of a line whose end has not come. */
  #rest = '';
  /** A line has ended with a carriage return, and a line feed that follows would belong to it. */
  #endedWithReturn = false;
  #event = '';
  #data: string[] = [];
  #characters = 0;

  /** @param limitCharacters the longest event that is read */
  constructor(limitCharacters: number) {
    this.#limitCharacters = limitCharacters;
  }

  /** The events that the next piece of text completes. @throws when one is longer than the limit */
  read(piece: string): ServerSentEvent[] {
    if (piece === '') return [];
    const text = this.#endedWithReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    this.#endedWithReturn = piece.endsWith('\r');
    const [first = '', ...others] = text.split(/\r\n|\r|\n/);
    const lines = [this.#rest + first, ...others];
    this.#rest = lines.pop() ?? '';
    const events = lines.flatMap((line) => this.#readLine(line));
    if (this.#characters + this.#rest.length > this.#limitCharacters) throw new Error('An event is too long.');
    return events;
  }

  #readLine(line: string): ServerSentEvent[] {
    if (line === '') return this.#endEvent();
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') this.#event = value;
    else if (name === 'data') {
      this.#data.push(value);
      this.#characters += value.length;
    }
    return [];
  }

  /** An event without data is none. */
  #endEvent(): ServerSentEvent[] {
    const events = this.#data.length === 0 ? [] : [{ event: this.#event || 'message', data: this.#data.join('\n') }];
    this.#event = '';
    this.#data = [];
    this.#characters = 0;
    return events;
  }
}
