// Charts by hand: an SVG in the host's own colours, each point reachable by the keyboard, and the
// same figures as a table.
import { C, h, number, say, t, useEffect, useRef, useState } from './kit.js';
import { Muted } from './parts.js';

const [H, LEFT, BOTTOM, TOP] = [170, 44, 24, 10];
const SMALL = { fontSize: '11px', fill: 'var(--chakra-colors-fg-muted)' };

/** Width in pixels of what `ref` is put on, so that letters keep their size on every screen. */
function useWidth() {
  const ref = useRef(null);
  const [width, setWidth] = useState(360);
  useEffect(() => {
    const seen = new ResizeObserver(([{ contentRect }]) => setWidth(Math.max(200, Math.round(contentRect.width))));
    seen.observe(ref.current);
    return () => seen.disconnect();
  }, []);
  return [ref, width];
}

/** Both ends of an axis that shows all of `values` with some room around. */
function range(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * 0.12;
  return [low - room, high + room];
}

/** The round step of about a third of `size`: 1, 2 or 5 times a power of ten. */
function step(size) {
  const power = 10 ** Math.floor(Math.log10(size / 3));
  return power * [1, 2, 5, 10].find((each) => each * power >= size / 3.5);
}

/** Round values between two ends. */
function ticks(low, high) {
  const each = step(high - low);
  const first = Math.ceil(low / each - 1e-9);
  return Array.from({ length: 8 }, (_, place) => (first + place) * each).filter((value) => value <= high + 1e-9);
}

/**
 * Points from left to right, joined by a line or standing as bars.
 * @param points [{label, value, low, high}] - low and high are an interval, or missing
 */
export function Chart({ title, unit = '', points, digits = 0, bars = false, tone = 'blue', least = 2 }) {
  const [asTable, setAsTable] = useState(false);
  const known = points.filter((point) => point.value != null);
  if (known.length < least) return null;
  return h(Figure, { title, unit, asTable, onTable: setAsTable },
    asTable ? h(Figures, { title, known, digits }) : h(Drawing, { title, known, digits, bars, tone }));
}

const Figure = ({ title, unit, asTable, onTable, children }) =>
  h(C.Box, { as: 'figure', minW: 0, borderWidth: 1, borderRadius: 'xl', p: 4, bg: 'bg' },
    h(C.HStack, { as: 'figcaption', justify: 'space-between', align: 'flex-start', mb: 2, minH: '42px' },
      h(C.Box, null, h(C.Text, { fontSize: 'sm', fontWeight: 'semibold' }, title), unit && h(Muted, { fontSize: 'xs' }, unit)),
      h(C.Button, { size: 'xs', variant: 'ghost', color: 'fg.muted', 'aria-pressed': asTable, onClick: () => onTable(!asTable) }, t(asTable ? 'as_chart' : 'as_table'))),
    children);

const Scroll = ({ children }) => h(C.Box, { maxH: '190px', overflow: 'auto', tabIndex: 0 }, children);

function Figures({ title, known, digits }) {
  return h(Scroll, null, h(C.Table.Root, { size: 'sm', 'aria-label': title },
    h(C.Table.Body, null, known.map((point) => h(C.Table.Row, { key: point.key, bg: 'transparent' },
      h(C.Table.Cell, { px: 0 }, point.label), h(C.Table.Cell, { textAlign: 'end', px: 0 }, told(point, digits)))))));
}

const Axis = ({ low, high, y, digits, width }) => ticks(low, high).map((value) => h('g', { key: value },
  h('line', { x1: LEFT, x2: width, y1: y(value), y2: y(value), stroke: 'var(--chakra-colors-border)', strokeWidth: 1 }),
  h('text', { x: LEFT - 6, y: y(value) + 3.5, textAnchor: 'end', style: SMALL }, number(value, digits))));

/** The names of the first, the last and some points between. */
function Days({ known, x, width }) {
  const last = known.length - 1;
  const few = known.length <= Math.floor((width - LEFT) / 62);
  const labels = few ? known.map((_, place) => place) : [0, Math.floor(last / 2), last];
  return labels.map((place) => {
    const [at, anchor] = few || (place > 0 && place < last) ? [x(place), 'middle'] : place === 0 ? [LEFT, 'start'] : [width, 'end'];
    return h('text', { key: place, x: at, y: H - 6, textAnchor: anchor, style: SMALL }, known[place].label);
  });
}

function Drawing({ title, known, digits, bars, tone }) {
  const [ref, width] = useWidth();
  const all = known.flatMap(({ value, low: l, high: u }) => [value, l ?? value, u ?? value]);
  const [low, high] = bars ? [0, Math.max(...all) * 1.08 || 4] : range(all);
  const x = (place) => LEFT + ((width - LEFT - 14) * (place + 0.5)) / known.length;
  const y = (value) => TOP + ((H - TOP - BOTTOM) * (high - value)) / (high - low);
  const wide = Math.min(22, (0.6 * (width - LEFT)) / known.length);
  const color = `var(--chakra-colors-${tone}-fg)`;
  return h('svg', { ref, viewBox: `0 0 ${width} ${H}`, width: '100%', height: H, role: 'group', 'aria-label': title, style: { display: 'block', overflow: 'visible' } },
    h(Axis, { low, high, y, digits, width }), h(Days, { known, x, width }),
    !bars && h('polyline', { points: known.map(({ value }, place) => `${x(place)},${y(value)}`).join(' '), fill: 'none', stroke: color, strokeWidth: 2, strokeLinejoin: 'round' }),
    known.map((point, place) => h('g', { key: point.key, tabIndex: 0, role: 'img', 'aria-label': `${point.label}: ${told(point, digits)}` },
      h('title', null, `${point.label}: ${told(point, digits)}`),
      point.low != null && h('line', { x1: x(place), x2: x(place), y1: y(point.low), y2: y(point.high), stroke: color, strokeWidth: 6, strokeOpacity: 0.25, strokeLinecap: 'round' }),
      bars
        ? h('rect', { x: x(place) - wide / 2, width: wide, y: Math.min(y(point.value), y(low) - 2), height: Math.max(2, y(low) - y(point.value)), rx: 2, fill: color, fillOpacity: 0.8 })
        : h('circle', { cx: x(place), cy: y(point.value), r: 3.5, fill: color }))));
}

const TONES = ['blue', 'orange', 'purple', 'teal', 'gray'];

/**
 * Bars that are made of parts, from left to right.
 * @param points [{key, label, parts: [{name, words, count}]}] - the same names in each bar
 */
export function Stacked({ title, unit = '', points }) {
  const [asTable, setAsTable] = useState(false);
  const names = [...new Map(points.flatMap(({ parts }) => parts.map((part) => [part.name, say(part.words)])))];
  const known = points.map(({ key, label, parts }) => {
    const counts = new Map(parts.map(({ name, count }) => [name, count]));
    const shares = names.map(([name, words]) => ({ name, words, count: counts.get(name) ?? 0 }));
    return { key, label, shares, total: shares.reduce((sum, { count }) => sum + count, 0) };
  });
  if (known.length === 0 || names.length === 0) return null;
  return h(Figure, { title, unit, asTable, onTable: setAsTable },
    asTable ? h(Parts, { title, names, known }) : h(Piles, { title, known }),
    !asTable && h(C.HStack, { gap: 3, rowGap: 1, mt: 2, flexWrap: 'wrap', 'aria-hidden': true }, names.map(([name, words], place) =>
      h(C.HStack, { key: name, gap: 1.5 }, h(C.Box, { width: 2.5, height: 2.5, borderRadius: 'xs', bg: `${TONES[place]}.fg` }), h(Muted, { fontSize: 'xs' }, words)))));
}

function Piles({ title, known }) {
  const [ref, width] = useWidth();
  const high = Math.max(...known.map(({ total }) => total)) * 1.08 || 4;
  const x = (place) => LEFT + ((width - LEFT - 14) * (place + 0.5)) / known.length;
  const y = (value) => TOP + ((H - TOP - BOTTOM) * (high - value)) / high;
  const wide = Math.min(22, (0.6 * (width - LEFT)) / known.length);
  return h('svg', { ref, viewBox: `0 0 ${width} ${H}`, width: '100%', height: H, role: 'group', 'aria-label': title, style: { display: 'block', overflow: 'visible' } },
    h(Axis, { low: 0, high, y, digits: 0, width }), h(Days, { known, x, width }),
    known.map(({ key, label, shares, total }, place) => {
      const said = `${label}: ${number(total)} (${shares.filter(({ count }) => count).map(({ words, count }) => `${words} ${number(count)}`).join(', ')})`;
      let below = 0;
      return h('g', { key, tabIndex: 0, role: 'img', 'aria-label': said }, h('title', null, said),
        shares.map(({ name, count }, tone) => {
          const from = below;
          below += count;
          return count > 0 && h('rect', { key: name, x: x(place) - wide / 2, width: wide, y: y(below), height: Math.max(1, y(from) - y(below)), fill: `var(--chakra-colors-${TONES[tone]}-fg)`, fillOpacity: 0.85 });
        }));
    }));
}

const Parts = ({ title, names, known }) => h(Scroll, null, h(C.Table.Root, { size: 'sm', 'aria-label': title },
  h(C.Table.Header, null, h(C.Table.Row, { bg: 'transparent' }, h(C.Table.ColumnHeader, { px: 0 }, t('month')),
    names.map(([name, words]) => h(C.Table.ColumnHeader, { key: name, textAlign: 'end', color: 'fg.muted' }, words)))),
  h(C.Table.Body, null, known.map(({ key, label, shares }) => h(C.Table.Row, { key, bg: 'transparent' },
    h(C.Table.Cell, { px: 0 }, label), shares.map(({ name, count }) => h(C.Table.Cell, { key: name, textAlign: 'end' }, number(count))))))));

const told = ({ value, low, high }, digits) =>
  number(value, digits) + (low == null ? '' : ` (${number(low, digits)} ~ ${number(high, digits)})`);

/** The loss of a training as it goes on; drawn only, the figures stand beside it. */
export function Curve({ points }) {
  if (points.length < 2) return null;
  const losses = points.map(([, loss]) => loss);
  const [low, high] = range(losses);
  const x = (place) => (300 * place) / (points.length - 1);
  const y = (loss) => 4 + (52 * (high - loss)) / (high - low);
  return h('svg', { viewBox: '0 0 300 60', width: '100%', height: 60, preserveAspectRatio: 'none', role: 'img', 'aria-label': t('loss_curve') },
    h('polyline', { points: losses.map((loss, place) => `${x(place)},${y(loss)}`).join(' '), fill: 'none', stroke: 'var(--chakra-colors-blue-fg)', strokeWidth: 2, vectorEffect: 'non-scaling-stroke' }));
}

/** A version's gain over the live model of then: a bar from nought, its interval as a whisker. */
export function Gain({ value, low, high, most }) {
  if (value == null) return h(Muted, null, '–');
  const x = (at) => 60 + (54 * Math.max(-most, Math.min(most, at))) / most;
  const color = `var(--chakra-colors-${value >= 0 ? 'green' : 'red'}-fg)`;
  const label = `${value >= 0 ? '+' : ''}${number(value, 3)} (${number(low, 3)} ~ ${number(high, 3)})`;
  return h(C.HStack, { gap: 2 }, h('svg', { viewBox: '0 0 120 16', width: 120, height: 16, role: 'img', 'aria-label': label },
    h('title', null, label),
    h('line', { x1: 60, x2: 60, y1: 0, y2: 16, stroke: 'var(--chakra-colors-border-emphasized)' }),
    h('rect', { x: Math.min(60, x(value)), width: Math.abs(x(value) - 60), y: 5, height: 6, fill: color, fillOpacity: 0.75 }),
    h('line', { x1: x(low), x2: x(high), y1: 8, y2: 8, stroke: color, strokeWidth: 1.5 })),
  h(C.Text, { fontSize: 'xs', whiteSpace: 'nowrap' }, `${value >= 0 ? '+' : ''}${number(value, 3)}`));
}
