import type { Measurement } from '../measure.ts';
import { formatNumber } from '../report.ts';

interface Bar {
  value: number;
  color: string;
}

interface Panel {
  title: string;
  unit: string;
  /** For each row its bars, from top to bottom. */
  rows: Bar[][];
  legend: { name: string; color: string }[];
}

const colors = { cpu: '#3b6fb6', p50: '#5aa469', p99: '#d98f3d' };
const width = 960;
const nameWidth = 230;
const valueWidth = 70;
const plotWidth = width - nameWidth - valueWidth;
const barHeight = 16;
const rowGap = 14;
const headHeight = 62;
const axisHeight = 48;
const ticks = 5;

/** Draws CPU per delivery and latencies, a row for each server, as an SVG. */
export function drawChart(title: string, measurements: readonly Measurement[]): string {
  const names = measurements.map(({ subject }) => subject);
  const panels: Panel[] = [
    {
      title: 'CPU of the serving process per delivery',
      unit: 'microseconds, user and system',
      rows: measurements.map(({ cpu }) => [{ value: cpu['process'] ?? 0, color: colors.cpu }]),
      legend: [],
    },
    {
      title: 'Time from sending to arrival',
      unit: 'milliseconds',
      rows: measurements.map(({ p50Milliseconds, p99Milliseconds }) => [
        { value: p50Milliseconds, color: colors.p50 },
        { value: p99Milliseconds, color: colors.p99 },
      ]),
      legend: [
        { name: 'p50', color: colors.p50 },
        { name: 'p99', color: colors.p99 },
      ],
    },
  ];
  let top = 48;
  const drawn = panels.map((panel) => {
    const at = top;
    top += heightOf(panel);
    return `<g transform="translate(0 ${at})">${drawPanel(panel, names)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" font-family="system-ui, sans-serif" font-size="13" fill="#222">
<title>${escapeText(title)}</title>
<rect width="${width}" height="${top}" fill="#fff"/>
<text x="20" y="30" font-size="18" font-weight="600">${escapeText(title)}</text>
${drawn.join('\n')}
</svg>
`;
}

function heightOf({ rows }: Panel): number {
  return headHeight + rows.reduce((sum, bars) => sum + bars.length * barHeight + rowGap, 0) + axisHeight;
}

function drawPanel({ title, unit, rows, legend }: Panel, names: readonly string[]): string {
  const scaleEnd = roundUp(Math.max(...rows.flat().map(({ value }) => value)));
  const x = (value: number) => nameWidth + (value / scaleEnd) * plotWidth;
  let y = headHeight;
  const bars = rows.map((row, index) => {
    const center = y + (row.length * barHeight) / 2;
    const name = `<text x="${nameWidth - 10}" y="${center}" text-anchor="end" dominant-baseline="middle">${escapeText(names[index] ?? '')}</text>`;
    const drawn = row.map(({ value, color }) => {
      const middle = y + barHeight / 2;
      const bar = `<rect x="${nameWidth}" y="${y + 1}" width="${round(x(value) - nameWidth)}" height="${barHeight - 2}" fill="${color}"/>
<text x="${round(x(value) + 6)}" y="${middle}" font-size="11" dominant-baseline="middle">${formatNumber(value)}</text>`;
      y += barHeight;
      return bar;
    });
    y += rowGap;
    return [name, ...drawn].join('\n');
  });
  const scale = Array.from({ length: ticks + 1 }, (_, tick) => {
    const value = (scaleEnd / ticks) * tick;
    return `<line x1="${round(x(value))}" x2="${round(x(value))}" y1="${headHeight - 8}" y2="${y}" stroke="#ddd"/>
<text x="${round(x(value))}" y="${y + 16}" font-size="11" text-anchor="middle">${round(value)}</text>`;
  });
  const keys = legend.map(
    ({ name, color }, index) =>
      `<rect x="${nameWidth + index * 70}" y="36" width="12" height="12" fill="${color}"/><text x="${nameWidth + 18 + index * 70}" y="46" font-size="12">${escapeText(name)}</text>`,
  );
  return [
    `<text x="20" y="26" font-weight="600">${escapeText(title)}</text>`,
    ...keys,
    ...scale,
    ...bars,
    `<text x="${nameWidth + plotWidth / 2}" y="${y + 34}" font-size="12" text-anchor="middle">${escapeText(unit)}</text>`,
  ].join('\n');
}

/** The end of a scale: 1, 2 or 5 times a power of ten, or a little more. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, Number.EPSILON)));
  return ([1, 1.5, 2, 2.5, 3, 4, 5, 7.5].find((step) => step * power >= value) ?? 10) * power;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
