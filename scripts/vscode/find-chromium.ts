import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from './processes.ts';

/** Names that browsers of the Chromium family have on PATH, first choice first. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'msedge',
];

/** Where installers put them when they do not put them on PATH. */
function usualPlaces(): readonly string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map(
      (name) => process.env[name] ?? 'C:\\',
    );
    const browsers = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return roots.flatMap((root) => browsers.map((browser) => path.join(root, browser)));
  }
  return ['/snap/bin/chromium', '/usr/lib/chromium/chromium'];
}

/** Chromiums that Playwright downloaded for another project on this machine. */
function playwrightCache(): readonly string[] {
  const caches = {
    linux: path.join(os.homedir(), '.cache', 'ms-playwright'),
    darwin: path.join(os.homedir(), 'Library', 'Caches', 'ms-playwright'),
    win32: path.join(process.env['LOCALAPPDATA'] ?? os.homedir(), 'ms-playwright'),
  } as const satisfies Partial<Record<NodeJS.Platform, string>>;
  const insides = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-win/chrome.exe',
  ];
  const cache = process.platform in caches ? caches[process.platform as keyof typeof caches] : undefined;
  if (cache === undefined || !existsSync(cache)) return [];
  const folders = readdirSync(cache).filter((name) => /^chromium-\d+$/.test(name));
  return folders.flatMap((folder) => insides.map((inside) => path.join(cache, folder, inside)));
}

function search(): string | undefined {
  const extension = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const onPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name + extension)));
  const given = process.env['CHROMIUM_PATH'];
  return [...(given ? [given] : []), ...onPath, ...usualPlaces(), ...playwrightCache()].find((file) =>
    existsSync(file),
  );
}

/** Whether this process may and can install Debian packages. */
function canInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

async function install(packages: readonly string[]): Promise<void> {
  console.error(`installing ${packages.join(' ')} with apt-get …`);
  const quiet = ['-qq', '-y', '-o', 'Acquire::Retries=2', '-o', 'DPkg::Lock::Timeout=120'];
  const aptGet = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', ...quiet];
  await run('env', [...aptGet, 'update']);
  const { code, stderr } = await run('env', [...aptGet, 'install', '--no-install-recommends', ...packages]);
  if (code !== 0) console.error(stderr);
}

/** Without a font for them Chinese characters are drawn as empty boxes, in tests and in pictures alike. */
async function needsChineseFont(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const { code, stdout } = await run('fc-list', [':lang=zh-cn', 'family']);
  return code !== 0 || stdout.trim() === '';
}

/**
 * The executable of a Chromium, Chrome or Edge, installing one where that takes no more than apt-get as root.
 *
 * @throws Error that says what to install, when there is none
 */
export async function findChromium(): Promise<string> {
  const missing = [
    ...(search() === undefined ? ['chromium'] : []),
    ...((await needsChineseFont()) ? ['fontconfig', 'fonts-noto-cjk'] : []),
  ];
  if (missing.length > 0 && canInstall()) await install(missing);
  else if (missing.includes('fonts-noto-cjk')) {
    console.error(
      'No Chinese font was found: Chinese text will show as boxes. Debian and Ubuntu call it fonts-noto-cjk.',
    );
  }
  const found = search();
  if (found !== undefined) return found;
  throw new Error(
    'No Chromium, Chrome or Edge was found. Install one of them, or say where it is in the environment variable CHROMIUM_PATH.',
  );
}
