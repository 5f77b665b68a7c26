/** A handle after an @ that does not stand inside a word or an e-mail address. */
const mentionPattern = /(?<![\w.@-])@([A-Za-z0-9_]{3,50})(?!\w)/g;

/** More handles in one message than this are not looked up: nobody reads them, and the statement stays small. */
const mentionLimit = 50;

/** Stands for everybody in the room, and so for no account, whatever its name. */
const everybody = 'room';

/** The handles that a text mentions, in lower case, each once. */
export function findMentions(text: string): string[] {
  const handles = new Set<string>();
  for (const match of text.matchAll(mentionPattern)) {
    const handle = match[1]?.toLowerCase();
    if (handle && handle !== everybody) handles.add(handle);
    if (handles.size === mentionLimit) break;
  }
  return [...handles];
}

/** Whether a text mentions everybody: `@room`, written as a handle is. */
export function mentionsEverybody(text: string): boolean {
  return [...text.matchAll(mentionPattern)].some((match) => match[1]?.toLowerCase() === everybody);
}
