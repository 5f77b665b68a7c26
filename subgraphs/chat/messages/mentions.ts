/** A handle after an @ that does not stand inside a word or an e-mail address. */
const mentionPattern = /(?<![\w.@-])@([A-Za-z0-9_]{3,50})(?!\w)/g;

/** More handles in one message than this are not looked up: nobody reads them, and the statement stays small. */
const mentionLimit = 50;

/** The handles that a text mentions, in lower case, each once. */
export function findMentions(text: string): string[] {
  const handles = new Set<string>();
  for (const match of text.matchAll(mentionPattern)) {
    if (match[1]) handles.add(match[1].toLowerCase());
    if (handles.size === mentionLimit) break;
  }
  return [...handles];
}
