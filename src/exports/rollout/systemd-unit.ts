import { METRICS_PORT } from './kubernetes.ts';

/**
 * A unit for nodes without Kubernetes' help. Root without any capability: slabinfo is root's, and nothing that is a
 * metric needs more (measured).
 */
export function encodeSystemdUnit(program: string, version: string): string {
  return `# Made by slabtop-k8s ${version}: slabtop-k8s print systemd-unit
# /etc/systemd/system/slabtop-k8s.service
[Unit]
Description=metrics of dying memory cgroups
Documentation=man:slabtop-k8s(1)
After=network.target

[Service]
ExecStart=${program} serve --read-only --web.listen-address 127.0.0.1:${METRICS_PORT}
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=30
# What it costs is measured: 3 ms of CPU a second, 70 MiB. The limits are there for a fault of its own.
MemoryMax=192M
CPUQuota=20%
TasksMax=32
LimitNOFILE=1024
Nice=5
CapabilityBoundingSet=
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
ProtectControlGroups=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectClock=yes
ProtectHostname=yes
PrivateTmp=yes
PrivateDevices=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
UMask=0077
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
`;
}
