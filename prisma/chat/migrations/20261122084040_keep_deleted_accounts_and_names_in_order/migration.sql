-- AlterEnum
ALTER TYPE "room_event_kind" ADD VALUE 'MEMBER_LEFT';

-- AlterTable
-- Handles that are here already are those of registrations: whatever is told of an account from now on is newer.
ALTER TABLE "account_handle" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "named_at" TIMESTAMPTZ(3) NOT NULL DEFAULT 'epoch',
ALTER COLUMN "username_normalized" DROP NOT NULL;

-- AlterTable
ALTER TABLE "account_handle" ALTER COLUMN "named_at" DROP DEFAULT;
