import { randomUUID } from 'node:crypto';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { runCommand, ToolError } from './command-line.ts';
import { readToolSettings } from './env.ts';

const { CHORUS_URL: endpoint } = readToolSettings();
const isColorful = process.stdout.isTTY;
const paint = (code: number) => (text: string) => (isColorful ? `\u001b[${code}m${text}\u001b[0m` : text);
const [bold, dim, green, cyan] = [paint(1), paint(2), paint(32), paint(36)];

interface Person {
  name: string;
  accessToken: string;
}

let stepNumber = 0;

function step(title: string): void {
  stepNumber += 1;
  console.log(`\n${bold(`${stepNumber}. ${title}`)}`);
}

/** Tokens, cursors and ids are long and say nothing to a reader. */
function shorten(value: unknown): string {
  return JSON.stringify(value).replace(/"([\w-]{8})[\w.-]{26,}"/g, '"$1…"');
}

/** Sends an operation and prints it with its answer. Errors of either kind end the tour. */
async function send(query: string, variables: object, person?: Person): Promise<Record<string, never>> {
  console.log(`${cyan('  ->')} ${person ? dim(`(${person.name}) `) : ''}${query.replace(/\s+/g, ' ').trim()}`);
  if (Object.keys(variables).length > 0) console.log(dim(`     ${shorten(variables)}`));
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(person && { authorization: `Bearer ${person.accessToken}` }),
    },
    body: JSON.stringify({ query, variables }),
  }).catch(() => {
    throw new ToolError(`Nothing answers at ${endpoint}. Run npm start first, or set CHORUS_URL.`);
  });
  const { data, errors } = (await response.json()) as { data: Record<string, never>; errors?: unknown };
  console.log(`${green('  <-')} ${shorten(errors ?? data)}`);
  if (errors) throw new ToolError('The tour ends here: that should not have failed.');
  return data;
}

async function register(name: string): Promise<Person> {
  // A tour can be taken many times, a username only once.
  const username = `${name}_${randomUUID().slice(0, 8)}`;
  const data = await send(
    `mutation ($input: RegisterInput!) {
      register(input: $input) { user { id username displayName } session { accessToken } userErrors { code message } }
    }`,
    { input: { username, email: `${username}@example.org`, password: `a password for ${name}` } },
  );
  const { session, user } = data['register'] as unknown as {
    session: { accessToken: string };
    user: { username: string };
  };
  return { name: user.username, accessToken: session.accessToken };
}

function connect({ accessToken }: Person): Client {
  return createClient({
    url: endpoint.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${accessToken}` },
    // A cut is part of the tour: it resumes by itself, with its last cursor.
    retryAttempts: 0,
  });
}

/** Subscribes and prints every event; `until` resolves with the first event that passes its test. */
function follow(person: Person, client: Client, label: string, query: string, variables: Record<string, unknown>) {
  console.log(`${cyan('  ~>')} ${dim(`(${person.name}) `)}${query.replace(/\s+/g, ' ').trim()}`);
  const events = client.iterate<Record<string, never>>({ query, variables });
  return async () => {
    const { value, done } = await events.next();
    if (done || value.errors) throw new ToolError(`The subscription ended: ${JSON.stringify(value)}`);
    console.log(`${green('  ~<')} ${dim(`${label}, live `)}${shorten(value.data)}`);
    return value.data as Record<string, never>;
  };
}

const messageAdded = `subscription ($roomId: ID!, $after: String) {
  messageAdded(roomId: $roomId, after: $after) { seq cursor message { text author { username displayName } } }
}`;
const sendMessage = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { message { id seq } userErrors { code message } }
}`;

async function takeTour(): Promise<boolean> {
  step('Ada and Grace sign up');
  const ada = await register('ada');
  const grace = await register('grace');

  step('Ada chooses the name that others see (user subgraph)');
  await send(
    'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { displayName bio } userErrors { code } } }',
    { input: { displayName: 'Ada Lovelace', bio: 'Notes on the Analytical Engine' } },
    ada,
  );

  step('Ada opens a room, Grace joins it (chat subgraph)');
  const created = await send(
    'mutation ($input: CreateRoomInput!) { createRoom(input: $input) { room { id name kind headCursor } userErrors { code } } }',
    { input: { name: 'Engines', kind: 'PUBLIC' } },
    ada,
  );
  const { id: roomId, headCursor } = (created['createRoom'] as unknown as { room: { id: string; headCursor: string } })
    .room;
  await send(
    'mutation ($input: JoinRoomInput!) { joinRoom(input: $input) { room { headSeq } userErrors { code } } }',
    { input: { roomId } },
    grace,
  );

  step('Grace follows the room and her notifications, from the router, over one WebSocket');
  const before = await send('{ viewer { notifications(first: 1) { headCursor } } }', {}, grace);
  const { headCursor: notificationsCursor } = (before['viewer'] as unknown as { notifications: { headCursor: string } })
    .notifications;
  const graceClient = connect(grace);
  const nextMessage = follow(grace, graceClient, 'messageAdded', messageAdded, { roomId, after: headCursor });
  const nextNotification = follow(
    grace,
    graceClient,
    'notificationAdded',
    `subscription ($after: String) {
      notificationAdded(after: $after) { seq notification { kind actor { displayName } room { name } message { text } } }
    }`,
    { after: notificationsCursor },
  );

  step('Ada writes; each event carries fields of three subgraphs: chat, auth and user');
  const clientMessageId = randomUUID();
  const text = `Hello @${grace.name}, does the Engine run?`;
  await send(sendMessage, { input: { roomId, text, clientMessageId } }, ada);
  const event = (await nextMessage())['messageAdded'] as unknown as { cursor: string };
  await nextNotification();

  step('Ada’s phone has lost the answer and sends the same message again: nothing is stored twice');
  await send(sendMessage, { input: { roomId, text, clientMessageId } }, ada);

  step("Grace's connection is cut, Ada goes on writing, Grace resumes with her last cursor");
  graceClient.terminate();
  for (const line of ['It weaves algebraical patterns,', 'as the Jacquard loom weaves flowers and leaves.']) {
    await send(sendMessage, { input: { roomId, text: line, clientMessageId: randomUUID() } }, ada);
  }
  const again = connect(grace);
  const nextMissed = follow(grace, again, 'messageAdded', messageAdded, { roomId, after: event.cursor });
  await nextMissed();
  await nextMissed();
  await again.dispose();

  step('One query over all four subgraphs');
  await send(
    `query ($roomId: ID!) {
      viewer { username displayName notifications(first: 1) { nodes { kind } } }
      room(id: $roomId) { name unreadCount messages(last: 2) { nodes { seq text author { displayName } } } }
    }`,
    { roomId },
    grace,
  );

  step('Grace signs out; her access token is worthless from now on');
  await send('mutation { logout { user { username } } }', {}, grace);
  console.log('\nThat was the tour.');
  return true;
}

await runCommand(takeTour);
