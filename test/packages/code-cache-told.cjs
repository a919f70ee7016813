'use strict';

/**
 * Loaded before the program (`node --require`), and handed on to its children: says on standard error whether V8 took
 * the code cache of a bundle.
 */
const childProcess = require('node:child_process');
const { basename } = require('node:path');
const vm = require('node:vm');

vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    const had = options.cachedData === undefined ? 'none' : this.cachedDataRejected ? 'rejected' : 'taken';
    process.stderr.write(`code cache of ${basename(options.filename)}: ${had}\n`);
  }
};

const { spawn } = childProcess;
childProcess.spawn = (command, args, options) =>
  spawn(command, args, { ...options, env: { ...options.env, NODE_OPTIONS: `--require ${__filename}` } });
