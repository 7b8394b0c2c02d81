// The third tab: versions, the time line of what was live, one version in full.
import { C, address, day, h, moment, number, person, say, t, useData, useState } from './kit.js';
import { Ask, Compare } from './answers.js';
import { Gain } from './charts.js';
import { Decide, Pause, RollBack, short } from './decide.js';
import { Moves } from './now.js';
import { Act, Empty, Fact, Facts, Framed, Listing, Muted, Panel, Pill, Problem, Sheet, Waiting } from './parts.js';

export function Models({ place, go }) {
  const [start, setStart] = useState(0);
  const { data, error, reload } = useData('models', { start });
  const [open, setOpen] = useState(null);
  const [said, setSaid] = useState('');
  const done = (words) => () => { setSaid(words); setOpen(null); go({ version: '' }); reload(); };
  if (!data) return h(C.Box, null, h(Problem, { error }), !error && h(Waiting, { lines: 8 }));
  const shown = data.versions.find(({ version_id }) => version_id === place.version);
  return h(C.Stack, { gap: { base: 4, md: 5 } },
    h(Problem, { error }),
    said && h(C.Alert.Root, { status: 'success', role: 'status' }, h(C.Alert.Indicator), said),
    h(Automatic, { data, onOpen: setOpen }),
    h(Versions, { data, start, onStart: setStart, go }),
    h(Moves, { moves: data.moves, more: data.more_moves }),
    shown && h(OneVersion, { one: shown, onClose: () => go({ version: '' }), onOpen: setOpen, onCounted: reload }),
    open?.kind === 'ask' && h(Ask, { run: open.run, onClose: () => setOpen(null) }),
    open?.kind === 'rollback' && h(RollBack, { to: open.to, onClose: () => setOpen(null), onDone: done(t('rolled_back')) }),
    open?.kind === 'decide' && h(Decide, { run: open.run, onClose: () => setOpen(null), onDone: done(t('decided')) }),
    open?.kind === 'pause' && h(Pause, { on: Boolean(data.maintenance), onClose: () => setOpen(null), onDone: done(t('switched')) }));
}

/** Whether a model that passes goes live by itself. */
const Automatic = ({ data, onOpen }) => h(C.Flex, { justify: 'space-between', align: 'center', gap: 3, flexWrap: 'wrap' },
  h(C.Text, { fontSize: 'sm', color: data.maintenance ? 'orange.fg' : 'fg.muted' }, data.maintenance ? say(data.maintenance) : t('automatic_on')),
  person.acts && h(Act, { variant: 'outline', onClick: () => onOpen({ kind: 'pause' }) }, t(data.maintenance ? 'start_again' : 'pause')));

const named = (one) => (one.numbers.length ? `#${one.numbers.at(-1)}` : short(one.version_id));

function Versions({ data, start, onStart, go }) {
  const most = Math.max(0.01, ...data.versions.flatMap(({ low, high }) => [Math.abs(low ?? 0), Math.abs(high ?? 0)]));
  const state = (one) => h(Pill, { tone: one.state }, t(`state_${one.state}`));
  const columns = [
    { label: t('model'), cell: named, open: true },
    { label: t('state'), cell: state },
    { label: t('made'), cell: (one) => (one.finished_at ? moment(one.finished_at) : '–') },
    { label: t('loss'), end: true, cell: (one) => number(one.loss, 3) },
    { label: t('gain'), cell: (one) => h(Gain, { value: one.improvement, low: one.low, high: one.high, most }) },
    { label: t('data'), cell: (one) => h(C.Text, { whiteSpace: 'nowrap' }, one.dataset_version) },
    { label: t('why'), cell: (one) => h(C.Text, { maxW: '40ch', lineClamp: 2 }, one.doubts.length ? one.doubts.map(say).join(' ') : say(one.why) || '–') },
  ];
  const card = (one) => h(C.Box, null,
    h(C.HStack, { justify: 'space-between', mb: 1 }, h(C.HStack, null, h(C.Text, { fontWeight: 'semibold' }, named(one)), state(one)), h(Muted, { whiteSpace: 'nowrap' }, one.finished_at && day(one.finished_at))),
    h(C.HStack, { justify: 'space-between' }, h(Muted, null, `${t('loss')} ${number(one.loss, 3)}`), h(Gain, { value: one.improvement, low: one.low, high: one.high, most })));
  return h(Panel, { title: t('all_versions', { n: number(data.total) }) },
    data.versions.length === 0 ? h(Empty, null, t('no_model'))
      : h(Listing, { columns, rows: data.versions, keyOf: (one) => one.version_id, onOpen: (one) => go({ version: one.version_id }), card }),
    h(C.HStack, { justify: 'center', mt: 3, gap: 2 },
      start > 0 && h(Act, { variant: 'outline', onClick: () => onStart(Math.max(0, start - 20)) }, t('newer')),
      data.next != null && h(Act, { variant: 'outline', onClick: () => onStart(data.next) }, t('older'))));
}

const DECIDED = ['live', 'damaged'];

function OneVersion({ one, onClose, onOpen, onCounted }) {
  const waits = one.state === 'held';
  const back = one.state === 'previous' || one.state === 'was_live';
  return h(Sheet, { open: true, onClose, title: `${named(one)} · ${t(`state_${one.state}`)}` },
    h(C.Stack, { gap: 5 },
      one.why && h(C.Text, null, say(one.why)),
      one.doubts.map((doubt) => h(C.Alert.Root, { key: doubt.en, status: 'warning' }, h(C.Alert.Indicator), say(doubt))),
      h(Facts, null,
        h(Fact, { label: t('version') }, one.version_id),
        h(Fact, { label: t('loss') }, number(one.loss, 4)),
        h(Fact, { label: t('likeness') }, number(one.chrf, 1)),
        h(Fact, { label: t('data') }, one.dataset_version || '–'),
        h(Fact, { label: t('base_model') }, one.base_model || '–'),
        h(Fact, { label: t('made') }, one.finished_at ? moment(one.finished_at) : '–')),
      h(C.HStack, { gap: 2, flexWrap: 'wrap' },
        person.acts && waits && h(Act, { colorPalette: 'green', onClick: () => onOpen({ kind: 'decide', run: one.run_id }) }, t('decide')),
        person.acts && back && h(Act, { colorPalette: 'red', variant: 'outline', onClick: () => onOpen({ kind: 'rollback', to: one.version_id }) }, t('roll_back_to_this')),
        person.acts && one.run_id && !DECIDED.includes(one.state) && h(Act, { variant: 'outline', onClick: () => onOpen({ kind: 'ask', run: one.run_id }) }, t('ask_both')),
        one.has_report && h(Act, { variant: 'outline', asChild: true }, h('a', { href: address('report', { run: one.run_id }).href, target: '_blank', rel: 'noreferrer' }, t('open_report')))),
      one.run_id && h(Compare, { key: one.run_id, run: one.run_id, may: !DECIDED.includes(one.state), onCounted }),
      one.has_report && h(Framed, { src: address('report', { run: one.run_id }).href, title: t('report') })));
}
