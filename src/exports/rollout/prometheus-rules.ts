import { stringify } from 'yaml';
import type { Thresholds } from '../../model/thresholds.ts';
import { alerts, SCALE } from './alerts.ts';
import { recordingRules } from './records.ts';

/** The rules file of Prometheus: recording rules for the fleet's screen, and the alerts. */
export function encodePrometheusRules(thresholds: Thresholds, version: string): string {
  const groups = [
    { name: 'slabtop-k8s.records', rules: recordingRules(thresholds) },
    {
      name: 'slabtop-k8s.alerts',
      rules: alerts(thresholds).map(({ severity, summary, description, ...rule }) => ({
        ...rule,
        labels: { severity },
        annotations: { summary, description },
      })),
    },
  ];
  const head = `# Made by slabtop-k8s ${version}: slabtop-k8s print prometheus-rules\n# Severities: ${SCALE}.\n`;
  return head + stringify({ groups }, { lineWidth: 0 });
}
