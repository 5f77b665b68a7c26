-- Whoever was suspended or put to rest before there was an event that tells of it: the others learn it now.
INSERT INTO "outbox" ("event_id", "envelope", "occurred_at")
SELECT "event_id", jsonb_build_object(
    'id', "event_id",
    'name', 'auth.user.paused',
    'version', 1,
    'occurredAt', to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'trace', concat('00-', replace("event_id"::text, '-', ''), '-', substr(md5("event_id"::text), 1, 16), '-01'),
    'payload', jsonb_build_object('userId', "id", 'until', CASE WHEN "status" = 'SUSPENDED'
      THEN to_char("suspended_until" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') END)
  ), "at"
FROM (
  SELECT gen_random_uuid() AS "event_id", date_trunc('milliseconds', now()) AS "at", "id", "status", "suspended_until"
  FROM "account" WHERE "status" IN ('SUSPENDED', 'DEACTIVATED')
) AS "paused";
