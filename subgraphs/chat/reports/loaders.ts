import type { Viewer } from '../../../platform/viewer.ts';
import { createPageLoader } from '../page-loader.ts';
import type { Database } from '../repository.ts';
import type { ReportRecord } from './record.ts';
import { pageReportsIn, type ReportPage } from './repository.ts';

interface ReportPageKey {
  roomId: string;
  page: ReportPage;
}

export function createReportLoaders(database: Database, viewer: Viewer | null) {
  /** Pages of rooms whose reports may be reviewed. */
  const reportPage = createPageLoader<ReportPageKey, ReportRecord>(
    ({ roomId }) => roomId,
    ({ roomId }) => roomId,
    async (keys, page) => {
      const roomIds = keys.map(({ roomId }) => roomId);
      return viewer === null ? [] : pageReportsIn(database, roomIds, viewer.userId, page);
    },
  );
  return { reportPage };
}
