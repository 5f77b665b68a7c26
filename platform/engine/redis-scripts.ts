import type { ClientContext, Result } from 'ioredis';

/**
 * What must happen atomically runs as a script inside Redis. All keys of a script share a slot. Times are Redis's own,
 * so the clocks of the processes need not agree.
 */
export const redisScripts = {
  /**
   * Keys: log, position. Arguments: new position, the position to append after (empty for none), retention in
   * milliseconds, then the values. Returns 1, or 0 when the position is another one and nothing was appended.
   */
  appendToLog: {
    numberOfKeys: 2,
    lua: `
      if (redis.call('GET', KEYS[2]) or '') ~= ARGV[2] then return 0 end
      local now = redis.call('TIME')
      local oldest = math.max(now[1] * 1000 + math.floor(now[2] / 1000) - ARGV[3], 0)
      for index = 4, #ARGV do
        redis.call('XADD', KEYS[1], 'MINID', '~', string.format('%.0f', oldest), '*', 'value', ARGV[index])
      end
      redis.call('SET', KEYS[2], ARGV[1])
      return 1`,
  },

  /**
   * Keys: log. Arguments: group, member, the retry owner, retry delay and abandonment in milliseconds, limit.
   * Takes over what others abandoned and then what is due for a retry. A member that holds nothing and has long been
   * silent is dead and is forgotten; were it only asleep, its next read would bring it back.
   */
  claimDeliveries: {
    numberOfKeys: 1,
    lua: `
      local log, group, member, retryOwner = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
      local retryDelay, abandonedAfter, limit = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
      local claimed = {}
      local function claim(owner, minimumIdle, abandoned)
        if #claimed >= limit then return end
        local room = limit - #claimed
        for _, pending in ipairs(redis.call('XPENDING', log, group, 'IDLE', minimumIdle, '-', '+', room, owner)) do
          local entry = redis.call('XCLAIM', log, group, member, minimumIdle, pending[1])[1]
          -- An entry that retention has dropped meanwhile is gone from the group too.
          if entry then table.insert(claimed, { entry[1], entry[2][2], pending[4] + 1, abandoned }) end
        end
      end
      for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', log, group)) do
        local name, pending, idle = consumer[2], consumer[4], consumer[6]
        if name ~= retryOwner and pending > 0 then
          claim(name, abandonedAfter, 1)
        elseif name ~= retryOwner and name ~= member and idle > abandonedAfter then
          redis.call('XGROUP', 'DELCONSUMER', log, group, name)
        end
      end
      claim(retryOwner, retryDelay, 0)
      return claimed`,
  },

  /**
   * Keys: log. Arguments: group, owner, new owner, then ids. Gives entries a new owner, or a new sign of life when both
   * are the same, and leaves alone what the owner no longer holds: another member may be working on it.
   */
  handOverDeliveries: {
    numberOfKeys: 1,
    lua: `
      for index = 4, #ARGV do
        local id = ARGV[index]
        if #redis.call('XPENDING', KEYS[1], ARGV[1], id, id, 1, ARGV[2]) == 1 then
          redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[3], 0, id, 'JUSTID')
        end
      end`,
  },

  /** Keys: log. Arguments: group, member, the retry owner, retry delay. What the member holds is due for retry at once. */
  leaveGroup: {
    numberOfKeys: 1,
    lua: `
      for _, pending in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 10000, ARGV[2])) do
        -- Nobody has handled it, so its delivery does not count as an attempt.
        local attempts = math.max(pending[4] - 1, 0)
        redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[3], 0, pending[1], 'IDLE', ARGV[4], 'RETRYCOUNT', attempts, 'JUSTID')
      end
      -- Deleting a member deletes what it holds: that must be nothing.
      if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) == 0 then
        redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
      end`,
  },

  /** Keys: counter. Arguments: window in milliseconds. A counter without an expiry would count for ever: it gets one. */
  incrementCounter: {
    numberOfKeys: 1,
    lua: `
      local count = redis.call('INCR', KEYS[1])
      local left = redis.call('PTTL', KEYS[1])
      if left < 0 then
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
        left = tonumber(ARGV[1])
      end
      return { count, left }`,
  },
} as const;

export type ClaimedReply = [id: string, value: string, attempt: number, abandoned: 0 | 1];

declare module 'ioredis' {
  interface RedisCommander<Context extends ClientContext> {
    appendToLog(
      log: string,
      position: string,
      newPosition: number,
      after: number | '',
      retentionMilliseconds: number,
      ...values: readonly string[]
    ): Result<0 | 1, Context>;
    claimDeliveries(
      log: string,
      group: string,
      member: string,
      retryOwner: string,
      retryDelayMilliseconds: number,
      abandonedAfterMilliseconds: number,
      limit: number,
    ): Result<ClaimedReply[], Context>;
    handOverDeliveries(
      log: string,
      group: string,
      owner: string,
      newOwner: string,
      ...ids: readonly string[]
    ): Result<null, Context>;
    leaveGroup(
      log: string,
      group: string,
      member: string,
      retryOwner: string,
      retryDelayMilliseconds: number,
    ): Result<null, Context>;
    incrementCounter(counter: string, windowMilliseconds: number): Result<[number, number], Context>;
  }
}
