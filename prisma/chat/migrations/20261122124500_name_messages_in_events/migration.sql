-- An event about a message names it also by its id, which is known then when the message is no more.
UPDATE "room_event" SET "data" = "data" || jsonb_build_object('messageId', "message"."id")
FROM "message"
WHERE "room_event"."data" ? 'messageSeq' AND "message"."room_id" = "room_event"."room_id"
  AND "message"."seq" = ("room_event"."data"->>'messageSeq')::integer;
