/** A command line, and what it is for. */
export interface Example {
  readonly line: string;
  readonly does: string;
}

/** The examples of each command, by its name; those of the program stand under its own. */
export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  'slabtop-k8s': [
    { line: 'slabtop-k8s', does: 'the live screen' },
    { line: 'slabtop-k8s --once', does: 'one report' },
    { line: 'slabtop-k8s --snapshot-on critical', does: 'a bundle once it is critical' },
    { line: 'slabtop-k8s check --fail-on warning', does: 'one line and an exit code' },
    { line: 'slabtop-k8s demo', does: 'an incident, replayed' },
  ],
  snapshot: [
    { line: 'slabtop-k8s snapshot -o node.md', does: 'for a ticket' },
    { line: 'slabtop-k8s snapshot --format bundle --redact', does: 'all that was read, without names' },
    { line: 'slabtop-k8s snapshot -o - > node.md', does: 'out of a debug pod' },
  ],
  check: [
    { line: 'slabtop-k8s check', does: 'sick where it is critical' },
    { line: 'slabtop-k8s check --fail-on warning --timeout 10', does: 'sick from a warning on' },
    { line: 'slabtop-k8s check --cause slow-reads --json', does: 'one cause alone, as JSON' },
    { line: 'slabtop-k8s check --threshold dyingWarning=5000', does: 'with another threshold' },
  ],
  trace: [
    { line: 'slabtop-k8s trace --seconds 10', does: 'strace of kubelet for 10 s' },
    { line: 'slabtop-k8s trace --from saved.txt', does: 'explain a saved trace' },
  ],
  profile: [
    { line: 'slabtop-k8s profile kubelet.pb.gz --svg flame.svg', does: 'a saved profile' },
    { line: 'slabtop-k8s profile --node node-1 --seconds 10', does: 'through kubectl proxy' },
    { line: 'slabtop-k8s profile https://127.0.0.1:10250 --token-file token --insecure', does: 'from kubelet' },
  ],
  record: [
    { line: 'slabtop-k8s record node.slabrec', does: 'until ^C' },
    { line: 'slabtop-k8s record node.slabrec --max-size 100 --keep 3', does: 'at most 400 MiB' },
  ],
  replay: [
    { line: 'slabtop-k8s replay node.slabrec --at 14:03', does: 'the screen of that moment' },
    { line: 'slabtop-k8s replay bundle.tar.gz --once', does: 'the report of its end' },
  ],
  diff: [
    { line: 'slabtop-k8s diff before.json after.json', does: 'two snapshots' },
    { line: 'slabtop-k8s diff node.slabrec@14:03 node.slabrec@15:10', does: 'two moments of a recording' },
  ],
  demo: [
    { line: 'slabtop-k8s demo', does: 'one node, from healthy to relief' },
    { line: 'slabtop-k8s demo --fleet', does: 'two hundred nodes' },
  ],
  fleet: [
    { line: 'slabtop-k8s fleet --prometheus https://prometheus.example.org --token-file token', does: 'the screen' },
    { line: 'slabtop-k8s fleet --via-kubectl monitoring/prometheus:9090', does: 'through kubectl proxy' },
    { line: 'slabtop-k8s fleet --once --fail-on critical', does: 'a report and an exit code' },
  ],
  serve: [
    { line: 'slabtop-k8s serve', does: 'on 127.0.0.1:10047' },
    { line: 'slabtop-k8s serve --web.listen-address :10047 --web.config.file web.yml', does: 'with TLS' },
  ],
  print: [
    {
      line: 'slabtop-k8s print kubernetes --image REGISTRY/slabtop-k8s:1.0.0 | kubectl apply -f -',
      does: 'roll it out',
    },
    { line: 'slabtop-k8s print prometheus-rules > slabtop-k8s.rules.yml', does: 'alerts and recording rules' },
    { line: 'slabtop-k8s print keys', does: 'all keys of the screen' },
  ],
  completion: [
    { line: 'slabtop-k8s completion bash > /etc/bash_completion.d/slabtop-k8s', does: 'for all' },
    { line: 'slabtop-k8s completion zsh > /usr/local/share/zsh/site-functions/_slabtop-k8s', does: 'for all' },
    { line: 'slabtop-k8s completion fish > ~/.config/fish/completions/slabtop-k8s.fish', does: 'for you' },
  ],
  help: [{ line: 'slabtop-k8s help check', does: 'what check takes' }],
  version: [{ line: 'slabtop-k8s version', does: 'for a ticket' }],
};
