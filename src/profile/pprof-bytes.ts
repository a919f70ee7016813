import { gunzipSync } from 'node:zlib';
import { PROFILE_LIMITS } from './pprof-limits.ts';
import type { ProfileMissing } from './profile.ts';

/** The protobuf inside a pprof file, which is gzipped or not; says when it is torn or swells beyond the limit. */
export function inflateProfile(bytes: Uint8Array): Uint8Array | ProfileMissing {
  if (bytes.length === 0) return { unavailable: 'malformed', problem: 'not-pprof', detail: 'the file is empty' };
  if (bytes.length > PROFILE_LIMITS.inflatedBytes) return tooLarge();
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: PROFILE_LIMITS.inflatedBytes });
  } catch (error) {
    return problemOf(error);
  }
}

function problemOf(error: unknown): ProfileMissing {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge();
  if (code === 'Z_BUF_ERROR') {
    const detail = 'the gzip data ends too early: the transfer was cut off; fetch the profile again';
    return { unavailable: 'malformed', problem: 'truncated', detail };
  }
  const detail = 'the gzip data is damaged; fetch the profile again';
  return { unavailable: 'malformed', problem: 'not-pprof', detail };
}

function tooLarge(): ProfileMissing {
  const mebibytes = PROFILE_LIMITS.inflatedBytes / 1024 ** 2;
  const detail = `more than ${mebibytes} MiB: no CPU profile of a kubelet is that large; take one over fewer seconds`;
  return { unavailable: 'malformed', problem: 'too-large', detail };
}
