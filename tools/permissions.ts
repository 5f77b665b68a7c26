import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Action, directActions, permissions, roles } from '../subgraphs/chat/policy.ts';
import { isMain, repositoryPath, repositoryRoot, runCommand } from './command-line.ts';

export const permissionsPath = join(repositoryRoot, 'docs/PERMISSIONS.md');

/** The text of docs/PERMISSIONS.md: who may do what in a room, as `policy.ts` of chat decides it. */
export function describePermissions(): string {
  const rowOf = (action: Action) => {
    const allowed: readonly string[] = permissions[action];
    const cells = [...roles.map((role) => allowed.includes(role)), directActions.has(action)];
    return `| \`${action}\` | ${cells.map((isAllowed) => (isAllowed ? 'yes' : '')).join(' | ')} |`;
  };
  const columns = ['action', ...roles.map((role) => `\`${role}\``), 'in direct rooms'];
  const head = `| ${columns.join(' | ')} |`;
  const rule = `|${' --- |'.repeat(columns.length)}`;
  const rows = (Object.keys(permissions) as Action[]).map(rowOf);
  return `# Who may do what in a room

Made from \`subgraphs/chat/policy.ts\` by \`node tools/permissions.ts\`; a test tries every cell through the router.

${[head, rule, ...rows].join('\n')}

- \`VISITOR\` is somebody who is signed in and looks at a public room without being a member; \`BANNED\` is one who is banned from it.
  For both a room that is not public does not exist. Who is signed out sees no room.
- What is done at all in a direct room says the last column. Both people in it are \`MEMBER\`, and nobody comes, goes or is moderated. Once one
  has blocked the other, neither sends, edits, reacts or pins there, nor sees how far the other has read.
- What is done to a person takes a role above theirs: nobody changes an equal or higher one, nor themselves. \`member:change-role\` gives
  roles below the own one; ownership is handed over (\`room:transfer\`) and never given.
- \`message:mention-room\` is what makes \`@room\` count as a mention for everybody in the room: in \`Message.mentionsRoom\` and in their unread
  mentions. Nobody gets a notification for it. In a text of somebody else it is plain text.
- A room's settings raise the least role for sending, inviting and pinning. Somebody who is muted sends nothing and edits nothing; slow mode does not hold
  for moderators and above.
- In an archived room there is only reading, following signals, leaving, moving the read mark, deleting and reporting messages, deciding
  reports, revoking webhooks, exporting, restoring and deleting.
- Who may send may signal that they are typing.
- A token needs \`chat:read\` for reading and \`chat:write\` for everything else.
`;
}

if (isMain(import.meta)) {
  await runCommand(async () => {
    await writeFile(permissionsPath, describePermissions());
    console.log(`wrote ${repositoryPath(permissionsPath)}`);
    return true;
  });
}
