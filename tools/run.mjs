import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = dirname(dirname(fileURLToPath(import.meta.url)));

/** What is being done goes to stderr: stdout belongs to the answer of a command. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Runs a command in the project with our terminal and answers with its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: project, stdio: ['ignore', 2, 2], ...options });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal === null ? code : 1));
  });
}

/** The same for a script of an installed package. */
export function runScript(path, args, options) {
  return run(process.execPath, [path, ...args], options);
}

/** Ends the process with a plain sentence instead of a stack. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
