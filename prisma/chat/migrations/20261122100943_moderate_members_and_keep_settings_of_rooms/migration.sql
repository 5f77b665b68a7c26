-- AlterEnum
ALTER TYPE "room_event_kind" ADD VALUE 'MEMBER_KICKED';
ALTER TYPE "room_event_kind" ADD VALUE 'MEMBER_BANNED';
ALTER TYPE "room_event_kind" ADD VALUE 'MEMBER_UNBANNED';
ALTER TYPE "room_event_kind" ADD VALUE 'MEMBER_MUTED';
ALTER TYPE "room_event_kind" ADD VALUE 'MEMBER_UNMUTED';
ALTER TYPE "room_event_kind" ADD VALUE 'ROLE_CHANGED';
ALTER TYPE "room_event_kind" ADD VALUE 'OWNERSHIP_TRANSFERRED';
ALTER TYPE "room_event_kind" ADD VALUE 'ROOM_UPDATED';
ALTER TYPE "room_event_kind" ADD VALUE 'ROOM_ARCHIVED';
ALTER TYPE "room_event_kind" ADD VALUE 'ROOM_RESTORED';
ALTER TYPE "room_event_kind" ADD VALUE 'ROOM_DELETED';

-- AlterTable
ALTER TABLE "room" ADD COLUMN     "archived_at" TIMESTAMPTZ(3),
ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "purged_at" TIMESTAMPTZ(3),
ADD COLUMN     "sealed_avatar_url" BYTEA,
ADD COLUMN     "sealed_topic" BYTEA,
ADD COLUMN     "slow_mode_seconds" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "standing_version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "who_may_invite" "member_role" NOT NULL DEFAULT 'MEMBER',
ADD COLUMN     "who_may_pin" "member_role" NOT NULL DEFAULT 'MODERATOR',
ADD COLUMN     "who_may_post" "member_role" NOT NULL DEFAULT 'MEMBER';

-- AlterTable
ALTER TABLE "room_member" ADD COLUMN     "last_sent_at" TIMESTAMPTZ(3),
ADD COLUMN     "muted_at" TIMESTAMPTZ(3),
ADD COLUMN     "muted_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "room_ban" (
    "room_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "banned_at" TIMESTAMPTZ(3) NOT NULL,
    "banned_until" TIMESTAMPTZ(3),

    CONSTRAINT "room_ban_pkey" PRIMARY KEY ("room_id","user_id")
);

-- Who left stands in the data of the event, as who was removed does.
UPDATE "room_event" SET "data" = jsonb_build_object('userId', "actor_id") WHERE "kind" = 'MEMBER_LEFT';
