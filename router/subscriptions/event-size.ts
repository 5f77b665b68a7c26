/** What names, numbers and marks take beside texts, roughly. */
const valueBytes = 8;

/** About how many bytes a value has as JSON. Costs less than writing it: only texts are of any length. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return valueBytes + Buffer.byteLength(value);
  if (value === null || typeof value !== 'object') return valueBytes;
  let bytes = valueBytes;
  for (const [name, each] of Object.entries(value)) bytes += name.length + sizeOf(each);
  return bytes;
}
