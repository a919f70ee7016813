import type { CaptureProblem, CaptureProblemKind } from './problem.ts';

/** What happened, and the way out: one or two sentences for the person who asked. */
export function problemText({ problem, detail }: CaptureProblem): string {
  return TEXTS[problem](detail);
}

const INSTALL_COREUTILS = 'apt-get install coreutils, or yum install coreutils';

const TEXTS: Readonly<Record<CaptureProblemKind, (detail: string) => string>> = {
  cancelled: () => 'Cancelled; nothing was left running.',
  'bad-seconds': (text) => `${text} is no number of seconds: give a whole number from 1 to 600.`,

  'no-strace': () =>
    'strace is not on PATH, nor on the node where its root is mounted: apt-get install strace, or yum install strace.',
  'no-timeout': () =>
    `timeout is not on PATH; without it a tracer could be left behind if this program is killed: ${INSTALL_COREUTILS}.`,
  'timeout-not-gnu': (path) =>
    `${path} is not the timeout of GNU coreutils, whose options are needed to end what we start: ${INSTALL_COREUTILS}.`,
  'no-kubectl': () =>
    'kubectl is not on PATH. Run this where kubectl is, or give the URL of a running "kubectl proxy", or of kubelet itself.',
  'no-temporary-file': (what) => `No temporary file can be made (${what}): set TMPDIR to a folder that can be written.`,
  'program-failed': (what) => `A program could not be run: ${what}.`,

  'process-gone': (what) => `${what} is gone: it has ended or was restarted. List the processes again.`,
  'already-traced': (by) =>
    `It is already traced by ${by}; a process can have only one tracer. End that one (strace, gdb, dlv) first.`,
  'no-capability': () =>
    'Tracing needs CAP_SYS_PTRACE: run as root on the node, or with kubectl debug --profile=sysadmin.',
  'tracing-switched-off': () =>
    'Tracing is off until the next boot: kernel.yama.ptrace_scope is 3. Pane 4 needs no tracing.',
  'blocked-by-seccomp': () =>
    'The seccomp profile of this container forbids tracing: run on the node, or with kubectl debug --profile=sysadmin.',
  'tracing-denied': (what) =>
    `The kernel forbids tracing (${what}): run it as root on the node, or with kubectl debug --profile=sysadmin; a security module may forbid it even then.`,
  'strace-failed': (what) => `strace failed: ${what}.`,
  'no-end': (what) =>
    `strace had to be ended by force (${what}), so that its table is lost: a thread stayed inside one system call. The process runs on, untraced; what it was doing is in the trace and in the pane of system calls.`,
  'still-traced': (by) =>
    `The process is still being traced, by ${by}. If that strace is not needed, end it with kill -INT.`,

  'bad-url': (why) => `This is no URL that a profile can be fetched from: ${why}.`,
  'bad-node-name': (name) =>
    `"${name}" is no name of a node: lower case letters, digits, "-" and ".", as kubectl get nodes prints it.`,
  'file-not-found': (path) => `${path}: there is no such file.`,
  'file-denied': (path) => `${path} may not be read: run this as a user who may.`,
  'file-not-regular': (path) => `${path} is no regular file.`,
  'file-failed': (what) => `${what} while reading.`,
  'bad-token-file': (path) => `${path} does not hold a bearer token: one line of printable characters, nothing else.`,
  'bad-certificate-file': (what) =>
    `The certificate files cannot be used (${what}): they must be PEM, and certificate and key must belong together (--cert-file with --key-file).`,
  'token-in-clear': (host) => `The token would go to ${host} unencrypted: use https, or kubectl proxy on this machine.`,

  unauthorized: (url) =>
    `401 from ${url}: the server does not know who asks. Give --token-file, or --cert-file and --key-file; a token may have expired.`,
  forbidden: (url) =>
    `403 from ${url}: known, but not allowed. The user needs "get" on nodes/proxy (kubectl auth can-i get nodes/proxy).`,
  'not-found': (url) =>
    `404 from ${url}: no profile here. kubelet's debugging handlers may be off (enableDebuggingHandlers and enableProfilingHandler in its configuration), or the node's name or the path is wrong.`,
  'bad-status': (what) =>
    `Unexpected answer: ${what}. 400 may mean http where https is spoken, or more seconds than the server allows; 502 and 503 that the node cannot be reached from the API server.`,
  redirected: (where) => `The server sends us on to ${where}; we do not follow. Give that URL if it is the right one.`,
  'too-large': (what) =>
    `${what}: larger than any CPU profile, which has some 100 KiB; 64 MiB are taken at most. Is it a profile at all?`,
  'too-slow': (what) =>
    `No whole profile came in time (${what}). A node without CPU to spare may need it: try fewer seconds.`,
  'cut-short': (what) => `The answer ended too early (${what}): try again, or with fewer seconds.`,
  'not-http': (url) => `${url} does not speak HTTP: if it is kubelet on port 10250, the URL begins with https.`,

  'connection-refused': (host) =>
    `${host} refuses the connection: nothing listens there. kubelet listens on 10250 (https); is kubectl proxy running?`,
  'unknown-host': (host) => `${host} has no address that we can find.`,
  unreachable: (host) => `${host} cannot be reached from here.`,
  'connection-lost': (host) =>
    `${host} closed the connection. https on a port that speaks http does that, and so does a kubelet that is restarted.`,
  'tls-untrusted': (what) =>
    `The server's certificate is not trusted (${what}): give its CA with --ca-file (kubelet's own is /var/lib/kubelet/pki/kubelet.crt), or --insecure to talk to it unchecked.`,
  'tls-name': (host) =>
    `The server's certificate is for another name than ${host}: use the node's name in the URL, or --insecure to talk to it unchecked.`,
  'tls-expired': (what) =>
    `The server's certificate is not valid now (${what}): have it renewed, check the clock, or --insecure to talk to it unchecked.`,
  'tls-failed': (what) =>
    `No TLS connection (${what}): is it https at all, and does the server want a client certificate (--cert-file, --key-file)?`,
  'kubectl-failed': (what) => `kubectl proxy did not start: ${what}.`,
};
