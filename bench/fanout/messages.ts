// What is sent and selected, the same at every server, and how a message is told from the others in the bytes of a frame.

/** Different selections of one room's messages: each subscriber has one of them, in turn. */
export const selections = [
  'messageAdded(roomId: $roomId) { seq cursor message { id text createdAt author { id username } } }',
  'messageAdded(roomId: $roomId) { seq message { id text author { displayName } } }',
  'messageAdded(roomId: $roomId) { cursor message { id seq text } }',
  'roomEvents(roomId: $roomId) { __typename seq cursor ... on MessageSent { message { id text author { id } } } }',
].map((selection) => `subscription ($roomId: ID!) { ${selection} }`);

const digits = 8;
const textStart = Buffer.from('"text":"');
const numberPattern = new RegExp(`(?<=${textStart})\\d{${digits}}`);

/** The text of a message, of ordinary length, which begins with its number. */
export function textOf(number: number): string {
  const text =
    'Shall we meet at the station at eight? The train leaves a quarter past, and I bring the tickets with me.';
  return `${formatNumber(number)} ${text}`;
}

/** The number of the message in a frame; null in a frame without one. Looks at no more of it than it must. */
export function numberIn(frame: Buffer): number | null {
  const at = frame.indexOf(textStart);
  if (at === -1) return null;
  let number = 0;
  for (let index = at + textStart.length; index < at + textStart.length + digits; index += 1) {
    number = number * 10 + (frame[index] as number) - 48;
  }
  return number;
}

/** A text with a message in it as it would be with another message. */
export function renumber(text: string, number: number): string {
  return text.replace(numberPattern, formatNumber(number));
}

function formatNumber(number: number): string {
  return String(number).padStart(digits, '0');
}
