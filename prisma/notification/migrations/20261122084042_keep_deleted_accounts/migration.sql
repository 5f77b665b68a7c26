-- AlterTable
ALTER TABLE "notification_log" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);
