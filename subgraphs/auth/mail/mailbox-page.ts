import { createHash } from 'node:crypto';

/** A mail as the mailbox shows it. */
export interface MailboxMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  createdAt: Date;
}

const style = `
:root { color-scheme: light dark; --ink: light-dark(#1c2330, #e6e9ef); --soft: light-dark(#5d6778, #9aa4b5);
  --line: light-dark(#dfe3ea, #323947); --page: light-dark(#f4f6f9, #14181f); --card: light-dark(#fff, #1c222c);
  --accent: light-dark(#2f5fd0, #8fb2ff); --mark: light-dark(#eaf0ff, #26324d); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: 1rem; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.2; }
header p { margin: .3rem 0 0; color: var(--soft); font-size: .9rem; }
form { display: flex; gap: .5rem; }
input, button { font: inherit; font-size: .9rem; padding: .4rem .7rem; border: 1px solid var(--line); border-radius: .4rem;
  background: var(--card); color: inherit; }
button { cursor: pointer; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
article, .empty { margin-top: 1.25rem; padding: 1.1rem 1.25rem; background: var(--card); border: 1px solid var(--line);
  border-radius: .6rem; }
h2 { margin: 0; font-size: 1.05rem; line-height: 1.35; overflow-wrap: anywhere; }
.about { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem; margin: .25rem 0 .9rem;
  padding-bottom: .8rem; border-bottom: 1px solid var(--line); color: var(--soft); font-size: .88rem; overflow-wrap: anywhere; }
.text { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
code { padding: .15rem .4rem; border-radius: .3rem; background: var(--mark); font: 600 1.05em ui-monospace, monospace;
  user-select: all; }
.empty { color: var(--soft); text-align: center; }
`;

/** Nothing but this one style sheet: no script, no picture, no frame, whatever a mail may contain. */
export const mailboxPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The mailbox as a page. A click on a code selects it whole. */
export function renderMailbox(mails: readonly MailboxMail[], to = ''): string {
  const shown = mails.length === 0 ? '<p class="empty">No mails.</p>' : mails.map(renderMail).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox</title>
<style>${style}</style>
</head>
<body>
<header>
<div><h1>Mailbox</h1><p>Mails that would be sent if there were an <code>SMTP_URL</code>.</p></div>
<form method="get" action="/mailbox"><input type="search" name="to" value="${escapeHtml(to)}"
 placeholder="To this address" aria-label="To this address"><button>Show</button></form>
</header>
<main>
${shown}
</main>
</body>
</html>
`;
}

function renderMail({ to, subject, text, createdAt }: MailboxMail): string {
  const time = createdAt.toISOString();
  return `<article>
<h2>${escapeHtml(subject)}</h2>
<p class="about"><span>To ${escapeHtml(to)}</span><time datetime="${time}">${time.slice(0, 19).replace('T', ' ')} UTC</time></p>
<p class="text">${renderText(text.trim())}</p>
</article>`;
}

/** Links and, on a line of their own, codes. */
const special = /(?<link>https?:\/\/[^\s<>"']+)|(?<=^ {4})(?<code>[0-9A-Z]{5}(?:-[0-9A-Z]{5})+)$/gm;

/** The text escaped, its links to click on and its codes to copy. */
function renderText(text: string): string {
  let rendered = '';
  let end = 0;
  for (const { 0: found, index, groups } of text.matchAll(special)) {
    const escaped = escapeHtml(found);
    rendered += escapeHtml(text.slice(end, index));
    rendered += groups?.['link']
      ? `<a href="${escaped}" target="_blank" rel="noopener noreferrer">${escaped}</a>`
      : `<code>${escaped}</code>`;
    end = index + found.length;
  }
  return rendered + escapeHtml(text.slice(end));
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
