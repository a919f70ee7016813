import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Before 2.34 the C library loads parts of itself at run time (names of hosts and users), which `ldd` does not list. */
const OLDEST_GLIBC = 2.34;

const LOADER = 'ld-linux-x86-64.so.2';

/** The files of the loader and of every library that an executable asks for, as this system resolves them. */
export async function sharedLibrariesOf(executable) {
  const { glibcVersionRuntime } = process.report.getReport().header;
  if (process.arch !== 'x64' || !(Number(glibcVersionRuntime) >= OLDEST_GLIBC)) {
    throw new Error(
      `the archive is made on x86-64 with glibc ${OLDEST_GLIBC} or newer; this is ${process.arch} with ${glibcVersionRuntime ?? 'none'}`,
    );
  }
  const { stdout } = await promisify(execFile)('ldd', [executable], { env: { PATH: process.env.PATH, LC_ALL: 'C' } });
  const lost = /^\s*(\S+) => not found/m.exec(stdout);
  if (lost !== null) throw new Error(`a library of ${executable} is not found: ${lost[1]}`);
  // "\tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f...)" or "\t/lib64/ld-linux-x86-64.so.2 (0x00007f...)"
  const paths = [...stdout.matchAll(/^\s*(?:\S+ => )?(\/\S+) \(0x/gm)].map(([, path]) => path);
  if (!paths.some((path) => path.endsWith(`/${LOADER}`))) throw new Error(`${executable} does not use ${LOADER}`);
  return paths.sort();
}
