// Makes every picture in this folder from the demo: npm run screenshots
import { existsSync, writeFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import { encodeScreenSvg } from '../src/exports/screen-svg.ts';
import type { StyledLine } from '../src/format/styled.ts';
import { draw } from '../src/views/draw.ts';
import { drawFleet } from '../src/views/fleet/draw.ts';
import type { Size, State } from '../src/views/state.ts';
import { filmOf } from './film.ts';
import { FLEET_SHOTS, fleetScreen } from './fleet-shots.ts';
import { FILM, SHOTS, screensOf } from './shots.ts';

const FONTS = ['DejaVuSansMono.ttf', 'DejaVuSansMono-Bold.ttf'].map(
  (file) => `/usr/share/fonts/truetype/dejavu/${file}`,
);

process.env.TZ = 'UTC';
const absent = FONTS.filter((font) => !existsSync(font));
if (absent.length > 0) {
  process.stderr.write(
    `screenshots: ${absent.join(' and ')} not there; install DejaVu Sans Mono (fonts-dejavu-core)\n`,
  );
  process.exit(1);
}

const screens = screensOf(SHOTS);
for (const [index, { name }] of SHOTS.entries()) {
  const screen = screens[index];
  if (screen === undefined) continue;
  write(`${name}.png`, pngOf(svgOf(screen, name)));
}
for (const shot of FLEET_SHOTS) {
  const screen = await fleetScreen(shot);
  write(`${shot.name}.png`, pngOf(picture(drawFleet(screen).lines, screen.size, shot.name)));
}
write('incident.svg', filmOf(screensOf(FILM).map((screen) => svgOf(screen, 'an incident, from healthy to relief'))));

function svgOf(screen: State, title: string): string {
  return picture(draw(screen).lines, screen.size, title);
}

function picture(lines: readonly StyledLine[], size: Size, title: string): string {
  return encodeScreenSvg({ lines, ...size, title: `slabtop-k8s: ${title}` });
}

function pngOf(svg: string): Buffer {
  const font = { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans Mono' };
  return new Resvg(svg, { font }).render().asPng();
}

function write(name: string, content: string | Buffer): void {
  writeFileSync(new URL(name, import.meta.url), content);
  process.stdout.write(`screenshots/${name}: ${Math.ceil(content.length / 1024)} KiB\n`);
}
