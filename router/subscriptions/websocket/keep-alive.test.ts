import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepAlive } from './keep-alive.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function open() {
  const socket = Object.assign(new EventEmitter(), { ping: vi.fn(), terminate: vi.fn() });
  const stop = keepAlive(socket as never, { pingMilliseconds: 100, pongMilliseconds: 30 });
  const answer = () => socket.emit('pong', Buffer.from(socket.ping.mock.lastCall?.[0]));
  return { socket, stop, answer };
}

it('pings a socket that answers again and again', () => {
  const { socket, answer } = open();
  for (let count = 1; count <= 5; count += 1) {
    vi.advanceTimersByTime(100);
    expect(socket.ping).toHaveBeenCalledTimes(count);
    vi.advanceTimersByTime(29);
    answer();
  }
  expect(socket.terminate).not.toHaveBeenCalled();
});

it('cuts a socket that does not answer in time', () => {
  const { socket } = open();
  vi.advanceTimersByTime(129);
  expect(socket.terminate).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(socket.terminate).toHaveBeenCalledOnce();
});

it('cuts a socket that answers what it was not asked, or was asked before', () => {
  const { socket, answer } = open();
  vi.advanceTimersByTime(100);
  const [first] = socket.ping.mock.lastCall ?? [];
  answer();
  answer();
  vi.advanceTimersByTime(100);
  expect(socket.ping).toHaveBeenCalledTimes(2);
  for (const stray of [Buffer.alloc(0), Buffer.alloc(8), first]) socket.emit('pong', stray);
  vi.advanceTimersByTime(30);
  expect(socket.terminate).toHaveBeenCalledOnce();
});

it('does nothing once it has been stopped', () => {
  const { socket, stop } = open();
  stop();
  socket.emit('pong', Buffer.alloc(0));
  vi.advanceTimersByTime(1_000);
  expect(socket.ping).not.toHaveBeenCalled();
  expect(socket.terminate).not.toHaveBeenCalled();
});
