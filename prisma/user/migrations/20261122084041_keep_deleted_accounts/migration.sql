-- AlterTable
ALTER TABLE "profile" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ALTER COLUMN "display_name" DROP NOT NULL;
