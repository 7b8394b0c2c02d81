// The second tab: files come in after a look, refused rows go out and come back, data is erased.
import { C, address, bytes, download, h, moment, monthName, number, person, say, send, sendFile, t, useData, useEffect, useRef, useState } from './kit.js';
import { Chart, Stacked } from './charts.js';
import { Forget } from './forget.js';
import { Act, Empty, Framed, Listing, Muted, Panel, Pill, Problem, Sheet, Waiting, Window, useAction } from './parts.js';

const ACCEPTED = '.xlsx,.xlsm,.xls,.xlsb,.ods,.csv,.tsv,.txt,.html,.htm';
const LEFT_ALONE = ['lock_file', 'hidden', 'unfinished', 'folder', 'not_a_file', 'unreadable'];

export function Files() {
  const [limit, setLimit] = useState(20);
  const { data, error, reload } = useData('files', { limit }, 5);
  const [queue, setQueue] = useState([]);
  const [open, setOpen] = useState(null);
  const [said, setSaid] = useState('');
  const done = (words) => { setSaid(words); setOpen(null); reload(); };
  const next = (words) => { if (words) setSaid(words); setQueue((old) => old.slice(1)); reload(); };
  return h(C.Stack, { gap: { base: 4, md: 5 } },
    h(Problem, { error }),
    said && h(C.Alert.Root, { status: 'success', role: 'status' }, h(C.Alert.Indicator), said),
    person.acts && h(Target, { onFiles: setQueue }),
    !data ? !error && h(Waiting, { lines: 6 }) : h(C.Stack, { gap: { base: 4, md: 5 } },
      data.refused_rows.length > 0 && h(ToCorrect, { data, onOpen: setOpen, onFiles: setQueue }),
      h(All, { data, limit, onMore: () => setLimit(Math.min(200, limit + 60)), onOpen: setOpen }),
      h(Months),
      person.acts && h(Panel, { title: t('erasure') }, h(C.Flex, { gap: 3, justify: 'space-between', align: { base: 'flex-start', sm: 'center' }, direction: { base: 'column', sm: 'row' } },
        h(C.Text, { fontSize: 'sm', color: 'fg.muted' }, t('erasure_note')),
        h(Act, { colorPalette: 'red', variant: 'outline', onClick: () => setOpen({ kind: 'forget' }) }, t('erase'))))),
    queue.length > 0 && h(Look, { key: `${queue[0].name}-${queue.length}`, file: queue[0], onClose: () => next(''), onDropped: (name) => next(t('dropped', { name })) }),
    open?.kind === 'take' && h(TakeOut, { one: open.one, onClose: () => setOpen(null), onDone: () => done(t('downloaded')) }),
    open?.kind === 'quality' && h(Sheet, { open: true, onClose: () => setOpen(null), title: open.one.name }, h(Framed, { src: address('quality', { sha256: open.one.sha256 }).href, title: t('quality') })),
    open?.kind === 'forget' && h(Forget, { exports: open.exports ?? [], onClose: () => setOpen(null), onDone: reload }));
}

/** Chosen by a button or dropped onto the frame. */
function Target({ onFiles }) {
  const input = useRef(null);
  const [over, setOver] = useState(false);
  const take = (event) => {
    event.preventDefault();
    setOver(false);
    const files = [...(event.dataTransfer ?? event.target).files];
    if (files.length) onFiles(files);
    if (event.target.value) event.target.value = '';
  };
  return h(C.Flex, {
    direction: { base: 'column', md: 'row' }, align: 'center', justify: 'center', gap: 4, px: 4, py: { base: 5, md: 8 }, borderWidth: 2, borderStyle: 'dashed', borderRadius: 'xl',
    borderColor: over ? 'brand.solid' : 'border.emphasized', bg: over ? 'bg.muted' : 'transparent',
    onDragOver: (event) => { event.preventDefault(); setOver(true); }, onDragLeave: () => setOver(false), onDrop: take,
  },
  h(C.Box, { textAlign: { base: 'center', md: 'start' } }, h(C.Text, { fontWeight: 'semibold' }, t('drop_here')), h(Muted, null, t('drop_note'))),
  h('input', { ref: input, type: 'file', multiple: true, accept: ACCEPTED, hidden: true, onChange: take, 'aria-label': t('choose_file') }),
  h(Act, { colorPalette: 'brand', onClick: () => input.current.click() }, t('choose_file')));
}

/** What a file would be read as; nothing is taken in before the button. */
function Look({ file, onClose, onDropped }) {
  const [seen, setSeen] = useState(null);
  const look = useAction(setSeen);
  const drop = useAction((made) => onDropped(made.name));
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    look.run(() => sendFile('files/preview', file));
  }, []);
  const told = seen?.told;
  return h(Window, {
    open: true, onClose, title: t('look_at', { name: told?.name ?? file.name }), size: 'xl',
    footer: told && h(C.HStack, { gap: 2, flexWrap: 'wrap', justify: 'flex-end' },
      h(Act, { variant: 'outline', onClick: onClose }, t('leave_it')),
      h(Act, { colorPalette: 'brand', loading: drop.busy, disabled: Boolean(told.refusal), onClick: () => drop.run(() => send('POST', 'files', { token: seen.token, name: file.name })) }, t('put_in'))),
  },
  h(Problem, { error: look.error ?? drop.error }),
  look.busy && h(C.HStack, { py: 6, justify: 'center', gap: 3 }, h(C.Spinner), h(C.Text, null, t('looking'))),
  told && h(C.Stack, { gap: 4 },
    told.refusal && h(C.Alert.Root, { status: 'error' }, h(C.Alert.Indicator), say(told.refusal)),
    told.warnings.map((words) => h(C.Alert.Root, { key: words.en, status: 'warning' }, h(C.Alert.Indicator), say(words))),
    told.tables.map((table, key) => h(Table, { key, table }))));
}

function Table({ table }) {
  const columns = table.columns.filter(({ use }) => use === 'question' || use === 'answer');
  return h(C.Box, { borderWidth: 1, borderRadius: 'lg', p: 4, minW: 0 },
    h(C.HStack, { gap: 2, mb: 2, flexWrap: 'wrap' }, h(C.Text, { fontWeight: 'semibold' }, table.sheet), h(Pill, null, t(`layout_${table.layout}`)), table.vendor && h(Pill, null, table.vendor)),
    h(C.Text, { fontSize: 'sm' }, t('would_read', { rows: number(table.rows), exchanges: number(table.exchanges) })),
    table.note && h(Muted, null, say(table.note)),
    columns.length > 0 && h(Muted, null, columns.map(({ use, letters, heading }) => `${t(`use_${use}`)}: ${letters} ${heading}`).join(' · ')),
    table.refused.map(({ words, rows }) => h(C.Text, { key: words.en, fontSize: 'sm', color: 'orange.fg' }, `${say(words)} ${number(rows)}`)),
    table.shown.length > 0 && h(C.Stack, { gap: 0, mt: 3, separator: h(C.StackSeparator) }, table.shown.map(([question, answer], key) =>
      h(C.SimpleGrid, { key, columns: { base: 1, md: 2 }, gap: { base: 1, md: 4 }, py: 2, fontSize: 'sm' },
        h(C.Text, { overflowWrap: 'anywhere' }, question), h(C.Text, { color: 'fg.muted', overflowWrap: 'anywhere' }, answer)))));
}

/** Refused rows: out as a workbook, back in the same form. */
function ToCorrect({ data, onOpen, onFiles }) {
  return h(Panel, { title: t('to_correct') },
    h(Muted, { mb: 2 }, t('to_correct_note')),
    h(C.Stack, { gap: 0, separator: h(C.StackSeparator) }, data.refused_rows.map((one) =>
      h(C.Flex, { key: one.name, py: 3, gap: 3, justify: 'space-between', align: { base: 'flex-start', md: 'center' }, direction: { base: 'column', md: 'row' } },
        h(C.Box, { minW: 0 }, h(C.Text, { fontWeight: 'medium', overflowWrap: 'anywhere' }, one.name),
          h(Muted, null, `${one.rows == null ? '' : `${t('rows_n', { n: number(one.rows) })} · `}${moment(one.written_at)}`)),
        h(C.HStack, { gap: 2, flexWrap: 'wrap' },
          person.raw_text && h(Act, { variant: 'outline', onClick: () => onOpen({ kind: 'take', one }) }, t('take_out')),
          person.acts && h(Bring, { onFiles }))))));
}

function Bring({ onFiles }) {
  const input = useRef(null);
  const take = (event) => { onFiles([...event.target.files]); event.target.value = ''; };
  return h(C.Box, null, h('input', { ref: input, type: 'file', accept: '.xlsx', hidden: true, onChange: take, 'aria-label': t('bring_back') }),
    h(Act, { variant: 'outline', onClick: () => input.current.click() }, t('bring_back')));
}

function TakeOut({ one, onClose, onDone }) {
  const action = useAction(onDone);
  const take = () => action.run(() => download('files/refused', { name: one.name }, one.name));
  return h(Window, { open: true, onClose, title: t('take_out'), footer: h(Act, { colorPalette: 'brand', loading: action.busy, onClick: take }, t('take_out')) },
    h(Problem, { error: action.error }), h(C.Text, null, t('raw_text_note')));
}

/** What came in, month by month. */
function Months() {
  const { data, error } = useData('months');
  if (error) return h(Problem, { error });
  if (!data) return h(Waiting);
  if (data.length === 0) return null;
  const points = (value) => data.map((one) => ({ key: one.month, label: monthName(one.month), ...value(one) }));
  return h(C.SimpleGrid, { columns: { base: 1, sm: 2 }, gap: { base: 3, md: 4 } },
    h(Chart, { title: t('used_rows'), points: points(({ used }) => ({ value: used })), bars: true, tone: 'blue', least: 1 }),
    h(Stacked, { title: t('left_out'), points: points(({ left_out: parts }) => ({ parts })) }),
    h(Stacked, { title: t('masked'), points: points(({ masked: parts }) => ({ parts })) }),
    h(Chart, { title: t('drift'), unit: t('drift_unit'), points: points(({ drift }) => ({ value: drift })), digits: 2, bars: true, tone: 'purple', least: 1 }));
}

/** Everything that came, newest first, whatever became of it. */
function linesOf(data) {
  const line = (state) => (one) => ({ ...one, state, key: `${state}-${one.sha256 ?? one.name}` });
  return [
    ...data.processing.map((one) => ({ ...line('processing')(one), at: one.claimed_at })),
    ...data.waiting.map((one) => ({ ...line(one.state)(one), at: one.changed_at })),
    ...[
      ...data.refused_exports.map((one) => ({ ...line('refused')(one), at: one.quarantined_at })),
      ...data.processed.map((one) => ({ ...line('processed')(one), at: one.processed_at })),
    ].sort((one, two) => (one.at < two.at ? 1 : -1)),
  ];
}

function All({ data, limit, onMore, onOpen }) {
  const rows = linesOf(data);
  const more = Object.values(data.more).some((count) => count > 0) && limit < 200;
  const state = (one) => h(Pill, { tone: LEFT_ALONE.includes(one.state) ? 'none' : one.state }, t(`file_${one.state}`));
  const detail = (one) => (one.words ? say(one.words) : one.rows != null ? t('rows_used', { n: number(one.rows) }) : bytes(one.size_bytes));
  const buttons = (one) => one.sha256 && h(C.HStack, { gap: 1, justify: 'flex-end' },
    h(C.Button, { size: 'xs', variant: 'ghost', onClick: () => onOpen({ kind: 'quality', one }) }, t('quality')),
    person.acts && one.state === 'processed' && h(C.Button, { size: 'xs', variant: 'ghost', color: 'fg.muted', onClick: () => onOpen({ kind: 'forget', exports: [one.sha256] }) }, t('take_away')));
  const columns = [
    { label: t('file'), cell: (one) => h(C.Text, { overflowWrap: 'anywhere', maxW: '44ch' }, one.name) },
    { label: t('state'), cell: state },
    { label: t('when'), cell: (one) => h(C.Text, { whiteSpace: 'nowrap' }, moment(one.at)) },
    { label: t('what_of_it'), cell: (one) => h(C.Text, { maxW: '52ch' }, detail(one)) },
    { label: t('choices'), hidden: true, end: true, cell: buttons },
  ];
  const card = (one) => h(C.Box, null,
    h(C.HStack, { justify: 'space-between', mb: 1 }, state(one), h(Muted, { whiteSpace: 'nowrap' }, moment(one.at))),
    h(C.Text, { fontSize: 'sm', overflowWrap: 'anywhere' }, one.name), h(Muted, null, detail(one)), buttons(one));
  return h(Panel, { title: t('all_files') },
    rows.length === 0 ? h(Empty, null, t('no_files')) : h(Listing, { columns, rows, keyOf: (one) => one.key, card }),
    more && h(C.Box, { textAlign: 'center', mt: 3 }, h(Act, { variant: 'outline', onClick: onMore }, t('more'))));
}
