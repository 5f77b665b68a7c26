import { parseLine } from '../../../platform/text.ts';
import { Failure } from '../failure.ts';
import type { Attachment, AttachmentInput } from '../schema.types.ts';

export const attachmentLimit = 10;
export const attachmentUrlLimit = 2_048;
export const attachmentNameLimit = 255;

const contentTypePattern = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/i;

/** Checks references to files that are kept elsewhere. Chat never fetches them. */
export function checkAttachments(inputs: readonly AttachmentInput[]): Attachment[] {
  if (inputs.length > attachmentLimit) {
    throw new Failure('ATTACHMENT_LIMIT_REACHED', `A message has at most ${attachmentLimit} attachments.`, [
      'attachments',
    ]);
  }
  return inputs.map((input, index) => {
    const invalid = (field: string, message: string) =>
      new Failure('ATTACHMENT_INVALID', message, ['attachments', String(index), field]);
    const name = parseLine(input.name, attachmentNameLimit);
    if (!('text' in name)) throw invalid('name', `A name has 1 to ${attachmentNameLimit} characters on one line.`);
    const url = input.url.length <= attachmentUrlLimit && URL.canParse(input.url) ? new URL(input.url) : null;
    if (
      url?.protocol !== 'https:' ||
      url.username !== '' ||
      url.password !== '' ||
      url.href.length > attachmentUrlLimit
    ) {
      throw invalid('url', `A URL begins with https:// and has at most ${attachmentUrlLimit} characters.`);
    }
    if (!contentTypePattern.test(input.contentType)) {
      throw invalid('contentType', 'A content type looks like image/png.');
    }
    if (input.sizeBytes < 0) throw invalid('sizeBytes', 'A size is not negative.');
    return { url: url.href, name: name.text, contentType: input.contentType.toLowerCase(), sizeBytes: input.sizeBytes };
  });
}
