import { escapeText } from 'entities';
import { shownText } from '../../domain/text/shown-text.js';

/** A small chart: columns over time, or a bar for each row, which can consist of parts. */
export interface Chart {
  kind: 'COLUMNS' | 'BARS';
  title: string;
  /** Names of the parts of a row; one name if rows have no parts. At most four. */
  parts: readonly string[];
  rows: readonly { label: string; values: readonly number[] }[];
}

const maxRows = { COLUMNS: 60, BARS: 24 };
const width = 480;

/** The chart as SVG, or nothing if there is nothing to show. */
export function svgOf(chart: Chart): string {
  const rows = chart.kind === 'COLUMNS' ? chart.rows.slice(-maxRows.COLUMNS) : chart.rows.slice(0, maxRows.BARS);
  const sums = rows.map(({ values }) => values.reduce((sum, each) => sum + each, 0));
  const largest = Math.max(0, ...sums);
  if (largest === 0) return '';
  return chart.kind === 'COLUMNS' ? columns(chart, rows, largest) : bars(chart, rows, largest);
}

const attribute = (text: string) => escapeText(shownText(text)).replaceAll('"', '&quot;');
const label = (text: string, x: number, y: number, anchor: string) =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}">${escapeText(shownText(text))}</text>`;
const cut = (text: string, length: number) => ([...text].length > length ? `${[...text].slice(0, length - 1).join('')}…` : text);
const round = (value: number) => Math.round(value * 10) / 10;

const open = ({ title }: Chart, height: number) =>
  `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${attribute(title)}" class="chart">`;

function columns(chart: Chart, rows: Chart['rows'], largest: number): string {
  const [top, bottom] = [14, 120];
  const step = width / rows.length;
  const drawn = rows.map(({ label: name, values }, index) => {
    const value = values[0] ?? 0;
    const height = round((value / largest) * (bottom - top));
    const x = round(index * step + step * 0.12);
    return `<rect class="s0" x="${x}" y="${round(bottom - height)}" width="${round(Math.min(step * 0.76, 40))}" height="${height}"><title>${escapeText(shownText(`${name}: ${value}`))}</title></rect>`;
  });
  const ends =
    rows.length === 1
      ? [label(rows[0]!.label, 0, 136, 'start')]
      : [label(rows[0]!.label, 0, 136, 'start'), label(rows.at(-1)!.label, width, 136, 'end')];
  const base = `<rect class="track" x="0" y="${bottom}" width="${width}" height="1"></rect>`;
  return `${open(chart, 142)}${label(String(largest), 0, 10, 'start')}${drawn.join('')}${base}${ends.join('')}</svg>`;
}

function bars(chart: Chart, rows: Chart['rows'], largest: number): string {
  const [left, right, step, top] = [150, 56, 22, chart.parts.length > 1 ? 26 : 4];
  const room = width - left - right;
  const isShare = chart.parts.length > 1;
  const drawn = rows.map(({ label: name, values }, index) => {
    const y = top + index * step;
    const sum = values.reduce((all, each) => all + each, 0);
    const whole = isShare ? sum : largest;
    let x = left;
    const parts = values.map((value, part) => {
      const size = whole === 0 ? 0 : round((value / whole) * room);
      const rect = `<rect class="s${part % 4}" x="${round(x)}" y="${y}" width="${size}" height="13"><title>${escapeText(shownText(`${name}: ${chart.parts[part] ?? ''} ${value}`))}</title></rect>`;
      x += size;
      return size > 0 ? rect : '';
    });
    const track = `<rect class="track" x="${left}" y="${y}" width="${room}" height="13"></rect>`;
    return `${label(cut(name, 22), 0, y + 11, 'start')}${track}${parts.join('')}${label(String(sum), width, y + 11, 'end')}`;
  });
  const legend = isShare
    ? chart.parts.map((part, index) => {
        const x = round((index * width) / chart.parts.length);
        return `<rect class="s${index % 4}" x="${x}" y="2" width="10" height="10"></rect>${label(cut(part, 18), x + 15, 11, 'start')}`;
      })
    : [];
  return `${open(chart, top + rows.length * step)}${legend.join('')}${drawn.join('')}</svg>`;
}
