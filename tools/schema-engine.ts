import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, DriverAdapterError } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { ToolError } from './command-line.ts';
import { createDatabaseIfMissing, dropDatabase } from './databases.ts';

/**
 * Prisma's schema engine: the program behind `prisma migrate`, in its WebAssembly form. The native form is downloaded
 * from Prisma's own host when first needed, which an air-gapped machine cannot do; this one is an ordinary npm package.
 */
export type SchemaEngine = engineModule.SchemaEngine;

type PrismaPgAdapter = Awaited<ReturnType<PrismaPg['connect']>>;

/** Runs `work` with a schema engine on this database, then frees it and its connections. */
export async function withSchemaEngine<Result>(
  databaseUrl: string,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  await loadEngine();
  const adapters: { dispose(): Promise<void> }[] = [];
  const factory = bindMigrationAwareSqlAdapterFactory(makeAdapterFactory(databaseUrl, adapters));
  const engine = await engineModule.SchemaEngine.new({ datamodels: undefined }, () => {}, factory);
  try {
    return await work(engine);
  } finally {
    engine.free();
    // The engine disposes of some adapters itself and, after a failure, of none: disposing twice does no harm.
    for (const adapter of adapters) await adapter.dispose();
  }
}

/** Neither Node's types nor the libraries that tsconfig.json names declare it. */
declare const WebAssembly: {
  instantiate(binary: Buffer, imports: Record<string, unknown>): Promise<{ instance: { exports: object } }>;
};

let engineLoaded: Promise<void> | undefined;

/** The package's own entry needs a bundler's import of the WebAssembly file, so its parts are put together here. */
function loadEngine(): Promise<void> {
  engineLoaded ??= (async () => {
    // Where the engine says why, before it traps.
    const registry = {
      set_message: (message: string) => {
        throw new ToolError(`Prisma's schema engine failed: ${message}`);
      },
    };
    Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: registry });
    const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
    const binary = await readFile(join(folder, 'schema_engine_bg.wasm'));
    const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': makeImports() });
    engineModule.__wbg_set_wasm(instance.exports);
    (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  })();
  return engineLoaded;
}

/**
 * What the engine calls in JavaScript. Its ten seconds of patience with the advisory lock are a timer that it never clears;
 * a timer must not keep a command from ending that has long done its work.
 */
function makeImports(): Record<string, unknown> {
  const imports: Record<string, unknown> = { ...engineModule };
  for (const name of Object.keys(imports).filter((key) => key.startsWith('__wbg_setTimeout_'))) {
    imports[name] = (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds >>> 0).unref();
  }
  return imports;
}

function makeAdapterFactory(databaseUrl: string, adapters: { dispose(): Promise<void> }[]) {
  const connect = async (url: string, onDisposed: () => Promise<void>) => {
    // One connection: the engine takes its advisory lock and does its work in the same session.
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    const adapter = await new PrismaPg(pool).connect();
    supportCharColumns(adapter, pool);
    let disposed: Promise<void> | undefined;
    Object.assign(adapter, {
      executeScript: (script: string) => executeScript(pool, script),
      dispose: () => (disposed ??= pool.end().then(onDisposed)),
    });
    adapters.push(adapter);
    return adapter;
  };
  return {
    provider: 'postgres' as const,
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(databaseUrl, async () => {}),
    connectToShadowDb: async () => {
      const shadow = new URL(databaseUrl);
      shadow.pathname = `/chorus_shadow_${randomUUID()}`;
      await createDatabaseIfMissing(shadow.href);
      return connect(shadow.href, () => dropDatabase(shadow.href));
    },
  };
}

/**
 * Describing a database reads catalog columns of PostgreSQL's internal type "char", which the adapter refuses as unknown.
 * They are shown to it as text, and to the engine as what they are.
 */
function supportCharColumns(adapter: PrismaPgAdapter, pool: pg.Pool): void {
  const charColumns = new WeakMap<unknown[], number[]>();
  const query = pool.query.bind(pool) as (config: pg.QueryArrayConfig) => Promise<pg.QueryArrayResult>;
  const queryAsText = async (config: pg.QueryArrayConfig) => {
    const result = await query(config);
    const fields = result.fields ?? [];
    const indexes = fields.flatMap(({ dataTypeID }, index) => (dataTypeID === pg.types.builtins.CHAR ? [index] : []));
    for (const index of indexes) Object.assign(fields[index] ?? {}, { dataTypeID: pg.types.builtins.TEXT });
    if (indexes.length > 0) charColumns.set(result.rows, indexes);
    return result;
  };
  pool.query = queryAsText as typeof pool.query;
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (statement) => {
    const result = await queryRaw(statement);
    for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
}

/**
 * Sends a script whole, as Prisma's native engine does. The adapter's own version splits it at every semicolon, which
 * breaks function bodies, string literals and comments that contain one.
 */
async function executeScript(pool: pg.Pool, script: string): Promise<void> {
  try {
    await pool.query(script);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new DriverAdapterError({
      kind: 'postgres',
      code: error.code ?? 'N/A',
      severity: error.severity ?? 'ERROR',
      message: error.message,
      detail: error.detail,
      column: error.column,
      hint: error.hint,
    });
  }
}
