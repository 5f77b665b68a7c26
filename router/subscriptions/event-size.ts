/** What names, numbers and marks take beside texts, roughly. */
const valueSize = 8;

/** About how many characters a value has as JSON. Costs less than writing it: only texts are of any length. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return valueSize + value.length;
  if (value === null || typeof value !== 'object') return valueSize;
  let size = valueSize;
  for (const [name, each] of Object.entries(value)) size += name.length + sizeOf(each);
  return size;
}
