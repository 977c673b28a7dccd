import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** How a command ended and what it said. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end without showing anything; a command that cannot be started has code 127. */
export function run(command: string, args: readonly string[], cwd?: string): Promise<Finished> {
  const { promise, resolve } = deferred<Finished>();
  // npm, code and their like are .cmd files on Windows, which only a shell can start; and a shell splits at spaces.
  const shell = process.platform === 'win32';
  const words = shell ? args.map((arg) => (arg.includes(' ') ? `"${arg}"` : arg)) : args;
  const child = spawn(command, words, { cwd, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  child.on('error', (error) => resolve({ code: 127, stdout, stderr: error.message }));
  child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  return promise;
}

/** Ends a process and what it started; a process that is its own group's leader, where groups exist. */
export function endTree(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}

/** The processes in which a VS Code server runs extensions; where there is `ps`. */
export function extensionHostsOf(server: number | undefined): number[] {
  const { stdout = '' } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/, 2).map(Number);
    return pid !== undefined && parent === server && line.includes('--type=extensionHost') ? [pid] : [];
  });
}

/** A promise with its handle outside. */
export function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
