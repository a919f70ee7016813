'use strict';

/**
 * Loaded before the program (`node --require`) while its code cache is made, and handed on to its children: on SIGUSR2
 * a process writes what V8 has compiled of its bundle, to the folder named by CODE_CACHE_FOLDER.
 */
const childProcess = require('node:child_process');
const { renameSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const vm = require('node:vm');

const folder = process.env.CODE_CACHE_FOLDER;

vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    process.on('SIGUSR2', () => {
      const path = join(folder, `${basename(options.filename)}.cache`);
      writeFileSync(`${path}.part`, this.createCachedData());
      renameSync(`${path}.part`, path);
    });
  }
};

const { spawn } = childProcess;
childProcess.spawn = (command, args, options) =>
  spawn(command, args, {
    ...options,
    env: { ...options.env, CODE_CACHE_FOLDER: folder, NODE_OPTIONS: `--require ${__filename}` },
  });
