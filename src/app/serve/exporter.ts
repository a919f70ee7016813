import { knownOr } from '../../core/missing.ts';
import { printable } from '../../core/printable.ts';
import { say } from '../../diagnosis/prose/say.ts';
import { FAMILIES } from '../../exports/metrics/families.ts';
import { encodeMetrics } from '../../exports/metrics/text.ts';
import { PRINTER } from '../../format/printer.ts';
import type { HostOrigin } from '../../host/host.ts';
import { systemClock } from '../../host/live-host.ts';
import type { Observer } from '../../model/observer.ts';
import { reportOf } from '../base/report-of.ts';
import type { Settings } from '../base/settings.ts';
import { type Exportable, renderExport, screenOf } from '../export/render-export.ts';
import { type Naming, namesAs } from './names.ts';
import { encodePage } from './page.ts';
import type { Pages } from './routes.ts';
import { Served } from './served.ts';
import { type Answer, plain } from './web-server.ts';

/** What an exporter is told once. */
export interface ExporterOptions {
  readonly observer: Observer;
  readonly origin: HostOrigin['kind'];
  readonly settings: () => Settings;
  readonly intervalSeconds: number;
  readonly telemetryPath: string;
  readonly naming: Naming;
}

/** Ticks that may be late before nothing is called ready any more. */
const LATE_INTERVALS = 3;

const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Everything that can be asked of a running exporter, made from the latest model: no answer starts a read or waits for
 * one. What costs anything is made once a tick, and only when it is asked for.
 */
export class Exporter {
  readonly #options: ExporterOptions;
  readonly #names: (name: string) => string;
  readonly #texts: readonly Served[];
  readonly pages: Pages;
  #ticks = 0;
  #restarts = 0;
  #heardAt: number | undefined;
  #lastDeath = '';

  constructor(options: ExporterOptions) {
    this.#options = options;
    this.#names = namesAs(options.naming);
    const metrics = new Served(METRICS_TYPE, () => this.#metrics());
    const json = new Served('application/json', () => renderExport('json', this.#exportable()));
    const markdown = new Served('text/markdown; charset=utf-8', () => renderExport('md', this.#exportable()));
    const svg = new Served('image/svg+xml', () => renderExport('svg', this.#exportable()));
    const page = new Served('text/html; charset=utf-8', () => this.#page());
    this.#texts = [metrics, json, markdown, svg, page];
    const whole = (served: Served) => () => this.#whole(served);
    this.pages = {
      '/': whole(page),
      [options.telemetryPath]: () => this.#told(metrics),
      '/healthz': () => this.#health(),
      '/livez': () => plain(200, 'ok'),
      '/report.json': whole(json),
      '/report.md': whole(markdown),
      '/overview.svg': whole(svg),
    };
  }

  /** The observer has taken a tick. */
  ticked(): void {
    this.#ticks += 1;
    this.#heardAt = systemClock.monotonic();
    for (const text of this.#texts) text.forget();
  }

  /** The sampler process ended and is started again. */
  restarted(reason: string): void {
    this.#restarts += 1;
    this.#lastDeath = reason;
  }

  /** Seconds since the latest tick; undefined before the first. */
  get silentSeconds(): number | undefined {
    return this.#heardAt === undefined ? undefined : systemClock.monotonic() - this.#heardAt;
  }

  #told(served: Served): Answer {
    return this.#ticks === 0 ? plain(503, 'nothing has been sampled yet') : served.answer;
  }

  /** The whole report names pods, cgroups and command lines. */
  #whole(served: Served): Answer {
    if (this.#options.naming === 'told') return this.#told(served);
    return plain(403, 'no names here, only metrics: take a redacted snapshot on the node');
  }

  #health(): Answer {
    const silent = this.silentSeconds;
    if (silent === undefined) return plain(503, 'nothing has been sampled yet');
    const most = LATE_INTERVALS * this.#options.intervalSeconds;
    if (silent <= most) return plain(200, 'ok');
    const why = this.#lastDeath === '' ? '' : `; the sampler process ended last with ${this.#lastDeath}`;
    return plain(503, printable(`no sample for ${Math.round(silent)} s, ${most} s are allowed${why}`));
  }

  #metrics(): string {
    return encodeMetrics(FAMILIES, {
      report: this.#report(),
      nodeVersion: process.versions.node,
      samplerRestarts: this.#restarts,
      ticks: this.#ticks,
      names: this.#names,
    });
  }

  #report() {
    return reportOf(this.#options.settings(), this.#options.observer);
  }

  #exportable(): Exportable {
    const { observer, origin, intervalSeconds } = this.#options;
    const report = this.#report();
    return { report, screen: screenOf(report, observer.history, origin, intervalSeconds) };
  }

  #page(): string {
    const exportable = this.#exportable();
    const { model, diagnosis } = exportable.report;
    return encodePage({
      nodeName: printable(knownOr(model.host.name, 'a node')),
      verdict: printable(say(diagnosis.headline, PRINTER)),
      report: renderExport('text', exportable),
      overview: renderExport('svg', exportable),
      links: [
        { path: this.#options.telemetryPath, title: 'metrics' },
        { path: '/report.json', title: 'report as JSON' },
        { path: '/report.md', title: 'report for a ticket' },
        { path: '/overview.svg', title: 'picture' },
        { path: '/healthz', title: 'health' },
      ],
      refreshSeconds: Math.max(15, Math.round(this.#options.intervalSeconds)),
    });
  }
}
