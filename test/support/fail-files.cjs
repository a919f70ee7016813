'use strict';

/**
 * Loaded before the program (`node --require`), and handed on to its child processes: file calls fail as the file named
 * by FAIL_FILES says, `{"call": "openSync", "errno": "ENOSPC"}`, from the moment it is there until it is gone. What the
 * program itself is loaded from is spared.
 */
const childProcess = require('node:child_process');
const fs = require('node:fs');

const control = process.env.FAIL_FILES;
const { readFileSync } = fs;
let isInside = false;

/** The errno that a call is to fail with now. */
function errnoFor(call, path) {
  if (isInside || (typeof path === 'string' && /\/(?:dist|bin|node_modules|terminfo)\//.test(path))) return undefined;
  isInside = true;
  try {
    const wanted = JSON.parse(readFileSync(control, 'utf8'));
    return wanted.call === call || wanted.call === 'every' ? wanted.errno : undefined;
  } catch {
    // Nothing is to fail.
    return undefined;
  } finally {
    isInside = false;
  }
}

function failing(call, original) {
  return function (first, ...rest) {
    const errno = errnoFor(call, first);
    // The terminal and the pipes of a process are no files.
    if (errno === undefined || (typeof first === 'number' && first <= 2)) return original.call(this, first, ...rest);
    throw Object.assign(new Error(`${errno}: told to fail, ${call}`), { code: errno, syscall: call });
  };
}

const CALLS = ['accessSync', 'fstatSync', 'fsyncSync', 'linkSync', 'lstatSync', 'mkdtempSync', 'openSync', 'readSync'];
CALLS.push('readdirSync', 'readlinkSync', 'realpathSync', 'renameSync', 'rmSync', 'statSync', 'statfsSync');
CALLS.push('unlinkSync', 'writeSync');
for (const call of CALLS) fs[call] = failing(call, fs[call]);

const { open, unlink } = fs.promises;
const later =
  (call, original) =>
  async (first, ...rest) =>
    failing(call, original)(first, ...rest);
fs.promises.unlink = later('unlink', unlink);
fs.promises.open = async (...args) => {
  const handle = await later('open', open)(...args);
  for (const call of ['appendFile', 'datasync']) handle[call] = later(call, handle[call].bind(handle));
  return handle;
};

const { spawn } = childProcess;
childProcess.spawn = (command, args, options) => {
  const isOurs = options?.stdio?.includes('ipc');
  if (!isOurs) return spawn(command, args, options);
  if (errnoFor('spawn') !== undefined)
    throw Object.assign(new Error('spawn'), { code: errnoFor('spawn'), syscall: 'spawn' });
  const env = { ...options.env, FAIL_FILES: control, NODE_OPTIONS: `--require ${__filename}` };
  return spawn(command, args, { ...options, env });
};
