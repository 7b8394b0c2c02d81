// The windows by which a person decides: what goes, what comes, what stands against it, one button.
import { C, Router, address, airflow, h, number, percent, say, send, t, useData, useEffect, useState } from './kit.js';
import { Act, Muted, Problem, Waiting, Window, useAction } from './parts.js';

export const short = (id) => id.split('-').at(-1);

function Version({ label, card }) {
  return h(C.Box, { flex: 1, minW: 0, borderWidth: 1, borderRadius: 'lg', p: 3 },
    h(C.Text, { fontSize: 'xs', color: 'fg.muted' }, label),
    card
      ? h(C.Box, null, h(C.Text, { fontWeight: 'semibold', overflowWrap: 'anywhere' }, card.version_id),
        h(Muted, null, `${t('loss')} ${number(card.loss, 4)} · ${t('data')} ${card.dataset_version ?? '–'}`),
        card.doubts.map((doubt) => h(C.Text, { key: doubt.en, fontSize: 'sm', color: 'red.fg' }, say(doubt))))
      : h(C.Text, null, t('none')));
}

const Swap = ({ goes, comes }) => h(C.Stack, { direction: { base: 'column', md: 'row' }, gap: 3, mb: 4 },
  h(Version, { label: t('goes'), card: goes }), h(Version, { label: t('comes'), card: comes }));

const Note = ({ value, onChange, needed }) => h(C.Field.Root, { required: needed, mb: 3 },
  h(C.Field.Label, null, t(needed ? 'why_needed' : 'why_optional')),
  h(C.Textarea, { value, onChange: (event) => onChange(event.target.value), maxLength: 500, rows: 2, placeholder: t('no_customer_data') }));

const Override = ({ checked, onChange }) => h(C.Checkbox.Root, { checked, onCheckedChange: (to) => onChange(to.checked === true), mb: 3, colorPalette: 'red' },
  h(C.Checkbox.HiddenInput), h(C.Checkbox.Control), h(C.Checkbox.Label, null, t('all_the_same')));

/** Roll back to `to`, or to the last sound version. */
export function RollBack({ to = '', onClose, onDone }) {
  const { data, error } = useData('rollback', { to });
  const [note, setNote] = useState('');
  const [override, setOverride] = useState(false);
  const action = useAction(onDone);
  const decide = () => action.run(() => send('POST', 'rollback', {
    to: data.comes.version_id, goes: data.goes?.version_id ?? null, note, override,
  }));
  const allowed = data && !data.barred && (!data.needs_override || (override && note.trim()));
  return h(Window, {
    open: true, onClose, title: t('roll_back'),
    footer: data && h(Act, { colorPalette: 'red', loading: action.busy, disabled: !allowed, onClick: decide }, t('roll_back_now')),
  },
  h(Problem, { error: error ?? action.error }),
  !data && !error && h(Waiting),
  data && h(C.Box, null, h(Swap, data),
    h(C.Text, { mb: 3, fontSize: 'sm' }, t('roll_back_note')),
    data.needs_override && !data.barred && h(Override, { checked: override, onChange: setOverride }),
    h(Note, { value: note, onChange: setNote, needed: data.needs_override })));
}

/** Decide about the candidate of a run: promote it, or keep it back. */
export function Decide({ run, onClose, onDone }) {
  const { data, error, reload } = useData('promotion', { run });
  const [note, setNote] = useState('');
  const [override, setOverride] = useState(false);
  const action = useAction(onDone);
  const promote = () => action.run(() => send('POST', 'promotion', { run, goes: data.goes?.version_id ?? null, note, override }));
  const keep = () => action.run(() => send('POST', 'hold', { run, note }));
  const again = useAction(reload);
  const compare = () => again.run(() => send('POST', 'recompare', { run }));
  const allowed = data && !data.barred && !data.ask_again && (!data.needs_override || override);
  return h(Window, {
    open: true, onClose, title: t('decide'),
    footer: data && h(C.HStack, { gap: 2, flexWrap: 'wrap', justify: 'flex-end' },
      h(Act, { variant: 'outline', asChild: true }, h('a', { href: address('report', { run }).href, target: '_blank', rel: 'noreferrer' }, t('report'))),
      h(Act, { variant: 'outline', loading: action.busy, disabled: !note.trim(), onClick: keep }, t('keep_back')),
      h(Act, { colorPalette: 'green', loading: action.busy, disabled: !allowed || !note.trim(), onClick: promote }, t('promote'))),
  },
  h(Problem, { error: error ?? action.error ?? again.error }),
  !data && !error && h(Waiting),
  data && h(C.Box, null, h(Swap, data),
    data.compared && h(C.Text, { mb: 3, fontSize: 'sm' }, say(data.compared)),
    h(C.HStack, { mb: 3, gap: 3, flexWrap: 'wrap', fontSize: 'sm' },
      data.preference && h(C.Text, null, t('people_prefer', { share: percent(data.preference.share), low: percent(data.preference.low), high: percent(data.preference.high) })),
      h(C.Link, { asChild: true, color: 'fg', textDecoration: 'underline' }, h(Router.Link, { to: `/plugin/cs-ops?tab=models&version=${encodeURIComponent(data.comes.version_id)}` }, t('compare_answers')))),
    data.against.length > 0 && h(C.Box, { mb: 4 }, h(C.Text, { fontSize: 'sm', fontWeight: 'semibold', mb: 1 }, t('against')),
      h(C.List.Root, { ps: 5, fontSize: 'sm' }, data.against.map((words) => h(C.List.Item, { key: words.en }, say(words))))),
    data.ask_again && h(C.Alert.Root, { status: 'warning', mb: 3 }, h(C.Alert.Indicator),
      h(C.Box, { flex: 1 }, t('compare_again'),
        h(C.Box, { mt: 2 }, h(Act, { size: 'sm', variant: 'outline', loading: again.busy, onClick: compare }, t('compare_now'))))),
    data.barred && h(C.Alert.Root, { status: 'error', mb: 3 }, h(C.Alert.Indicator), t('barred')),
    data.needs_override && !data.barred && h(Override, { checked: override, onChange: setOverride }),
    h(Note, { value: note, onChange: setNote, needed: true })));
}

/** Start a training: four fields, the rest on the host's own form. */
export function Train({ onClose, onDone }) {
  const [force, setForce] = useState(true);
  const [epochs, setEpochs] = useState('');
  const [base, setBase] = useState('');
  const [note, setNote] = useState('');
  const action = useAction(onDone);
  const start = () => {
    const conf = { force };
    if (epochs) conf.epochs = Number(epochs);
    if (base.trim()) conf.base_model = base.trim();
    if (note.trim()) conf.note = note.trim();
    return action.run(() => airflow('POST', 'dags/cs_retrain/dagRuns', { logical_date: null, conf }));
  };
  const field = (label, value, set, rest) => h(C.Field.Root, { mb: 3 }, h(C.Field.Label, null, label),
    h(C.Input, { value, onChange: (event) => set(event.target.value), placeholder: t('as_usual'), ...rest }));
  return h(Window, {
    open: true, onClose, title: t('train'),
    footer: h(C.HStack, { gap: 2, flexWrap: 'wrap', justify: 'flex-end' },
      h(Act, { variant: 'ghost', asChild: true }, h('a', { href: new URL('dags/cs_retrain/runs', address('../')).href }, t('more_options'))),
      h(Act, { colorPalette: 'brand', loading: action.busy, onClick: start }, t('train_now'))),
  },
  h(Problem, { error: action.error }),
  h(C.Checkbox.Root, { checked: force, onCheckedChange: (to) => setForce(to.checked === true), mb: 4 },
    h(C.Checkbox.HiddenInput), h(C.Checkbox.Control), h(C.Checkbox.Label, null, t('train_force'))),
  field(t('epochs'), epochs, setEpochs, { type: 'number', min: 0.1, max: 100, step: 0.5 }),
  field(t('base_model'), base, setBase, { maxLength: 300 }),
  field(t('note'), note, setNote, { maxLength: 500, placeholder: t('no_customer_data') }));
}

/** Stop automatic promotion until a moment, or start it again. */
export function Pause({ on, onClose, onDone }) {
  const [days, setDays] = useState('1');
  const [reason, setReason] = useState('');
  const action = useAction(onDone);
  const until = () => new Date(Date.now() + (on ? -1000 : Number(days) * 86400e3)).toISOString();
  const decide = () => action.run(() => send('PUT', 'maintenance', { until: until(), reason }));
  return h(Window, {
    open: true, onClose, title: t(on ? 'start_again' : 'pause'),
    footer: h(Act, { colorPalette: 'orange', loading: action.busy, disabled: !reason.trim(), onClick: decide }, t(on ? 'start_again' : 'pause')),
  },
  h(Problem, { error: action.error }),
  !on && h(C.Field.Root, { mb: 3 }, h(C.Field.Label, null, t('for_days')),
    h(C.Input, { type: 'number', min: 1, max: 60, value: days, onChange: (event) => setDays(event.target.value) })),
  h(Note, { value: reason, onChange: setReason, needed: true }));
}

const LEVEL = { problem: ['✕', 'red.fg'], warning: ['!', 'orange.fg'], ok: ['✓', 'green.fg'] };

/** What `cs-pipeline doctor` finds, the worst first. */
export function CheckUp({ onClose }) {
  const [seen, setSeen] = useState(null);
  const action = useAction(setSeen);
  useEffect(() => { action.run(() => send('POST', 'doctor', {})); }, []);
  const order = Object.keys(LEVEL);
  const sorted = seen && [...seen.diagnoses].sort((one, two) => order.indexOf(one.level) - order.indexOf(two.level));
  return h(Window, { open: true, onClose, title: t('check_up') },
    h(Problem, { error: action.error }),
    action.busy && h(C.HStack, { py: 6, justify: 'center', gap: 3 }, h(C.Spinner), h(C.Text, null, t('checking'))),
    seen && h(C.Box, null, h(C.Text, { fontWeight: 'semibold', mb: 3 }, t(seen.fit ? 'fit' : 'not_fit')),
      h(C.List.Root, { variant: 'plain', gap: 2, fontSize: 'sm' }, sorted.map(({ check, level, words }, key) =>
        h(C.List.Item, { key, display: 'flex', gap: 2 }, h(C.Text, { as: 'span', color: LEVEL[level][1], width: 4, flexShrink: 0, textAlign: 'center', 'aria-hidden': true }, LEVEL[level][0]),
          h(C.Box, { minW: 0, overflowWrap: 'anywhere' }, h(C.VisuallyHidden, null, t(`level_${level}`)), say(words), h(Muted, { fontSize: 'xs' }, check)))))));
}

