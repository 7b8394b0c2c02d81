// The fourth tab: what became of each run, and how the figures went over time.
import { C, Router, address, airflow, day, get, h, lang, moment, number, person, say, t, useData, useEffect, useState } from './kit.js';
import { Chart } from './charts.js';
import { Decide, Train } from './decide.js';
import { Act, Empty, Fact, Facts, Framed, Listing, Muted, Panel, Pill, Problem, Sheet, Waiting, useAction } from './parts.js';

const OUTCOMES = ['promoted', 'held', 'kept', 'rejected', 'failed', 'refused', 'nothing_to_do', 'compared'];

export function Runs({ place, go }) {
  const [train, setTrain] = useState(false);
  const [said, setSaid] = useState('');
  return h(C.Stack, { gap: { base: 4, md: 5 } },
    said && h(C.Alert.Root, { status: 'success', role: 'status' }, h(C.Alert.Indicator), said),
    h(Charts),
    h(List, { place, go, onTrain: () => setTrain(true) }),
    train && h(Train, { onClose: () => setTrain(false), onDone: () => { setTrain(false); setSaid(t('started')); } }),
    place.run && h(OneRun, { run: place.run, onClose: () => go({ run: '' }), onSaid: setSaid }));
}

function Charts() {
  const { data, error } = useData('charts');
  if (error) return h(Problem, { error });
  if (!data) return h(Waiting);
  const points = (value, low, high) => data.map((line) => ({ key: line.key, label: day(line.finished_at), value: value(line), low: low?.(line), high: high?.(line) }));
  const loss = points((one) => one.loss,
    (one) => (one.low == null || one.unit !== 'nats/token' ? null : one.loss - (one.high - one.improvement)),
    (one) => (one.low == null || one.unit !== 'nats/token' ? null : one.loss + (one.improvement - one.low)));
  return h(C.SimpleGrid, { columns: { base: 1, sm: 2, lg: 3 }, gap: { base: 3, md: 4 } },
    h(Chart, { title: t('loss'), unit: t('loss_unit'), points: loss, digits: 2 }),
    h(Chart, { title: t('likeness'), unit: t('likeness_unit'), points: points((one) => one.chrf), digits: 1, tone: 'purple' }),
    h(Chart, { title: t('rows_read'), points: points((one) => one.rows_read), bars: true, tone: 'teal' }),
    h(Chart, { title: t('masked'), points: points((one) => one.masked), bars: true, tone: 'teal' }),
    h(Chart, { title: t('minutes'), unit: t('minutes_unit'), points: points((one) => one.minutes), digits: 0, bars: true, tone: 'gray' }),
    h(Chart, { title: t('leaks'), unit: t('leaks_unit'), points: points((one) => one.leaks), bars: true, tone: 'red' }));
}

function List({ place, go, onTrain }) {
  const [text, setText] = useState(place.text ?? '');
  const query = { outcome: place.outcome ?? '', text: place.text ?? '' };
  const { lines, next, total, error, waiting, more } = usePages(query);
  useEffect(() => {
    const timer = setTimeout(() => text !== (place.text ?? '') && go({ text }), 350);
    return () => clearTimeout(timer);
  }, [text]);
  const columns = [
    { label: t('when'), cell: (one) => (one.finished_at ? moment(one.finished_at) : one.key), open: true },
    { label: t('outcome'), cell: (one) => h(Pill, { tone: one.status ?? 'damaged' }, say(one.outcome)) },
    { label: t('why'), cell: (one) => h(C.Text, { maxW: '46ch', lineClamp: 2 }, say(one.reason)) },
    { label: t('started_by'), cell: (one) => say(one.started_by) },
    { label: t('rows_read'), end: true, cell: (one) => number(one.rows_read || null) },
    { label: t('loss'), end: true, cell: (one) => number(one.loss, 3) },
    { label: t('minutes_short'), end: true, cell: (one) => number(one.minutes) },
  ];
  const card = (one) => h(C.Box, null,
    h(C.HStack, { justify: 'space-between', mb: 1 }, h(Pill, { tone: one.status ?? 'damaged' }, say(one.outcome)), h(Muted, null, moment(one.finished_at))),
    h(C.Text, { fontSize: 'sm', lineClamp: 3, overflowWrap: 'anywhere' }, say(one.reason)));
  const action = h(C.HStack, { gap: 2 },
    h(Act, { variant: 'outline', asChild: true }, h('a', { href: address('runs.csv', { lang: lang() }).href, download: 'runs.csv' }, t('csv'))),
    person.acts && h(Act, { colorPalette: 'brand', onClick: onTrain }, t('train')));
  return h(Panel, { title: t('all_runs', { n: number(total) }), action },
    h(C.Stack, { direction: { base: 'column', sm: 'row' }, gap: 2, mb: 3 },
      h(C.NativeSelect.Root, { size: 'sm', maxW: { sm: '220px' } },
        h(C.NativeSelect.Field, { value: query.outcome, onChange: (event) => go({ outcome: event.target.value }), 'aria-label': t('outcome') },
          h('option', { value: '' }, t('all_outcomes')), OUTCOMES.map((name) => h('option', { key: name, value: name }, t(`outcome_${name}`)))),
        h(C.NativeSelect.Indicator)),
      h(C.Input, { size: 'sm', maxW: { sm: '320px' }, type: 'search', value: text, onChange: (event) => setText(event.target.value), placeholder: t('search_runs'), 'aria-label': t('search_runs') })),
    h(Problem, { error }),
    waiting && lines.length === 0 ? h(Waiting) : lines.length === 0 ? h(Empty, null, t('no_runs'))
      : h(Listing, { columns, rows: lines, keyOf: (one) => one.key, onOpen: (one) => go({ run: one.run_id }), card }),
    next != null && h(C.Box, { textAlign: 'center', mt: 3 }, h(Act, { variant: 'outline', loading: waiting, onClick: more }, t('more'))));
}

/** Pages one after the other; other filters begin anew. */
function usePages(query) {
  const key = JSON.stringify(query);
  const [state, setState] = useState({ lines: [], next: 0, total: null, error: null, waiting: true });
  const load = async (start, before) => {
    setState((old) => ({ ...old, waiting: true }));
    try {
      const page = await get('runs', { ...query, start });
      setState({ lines: [...before, ...page.lines], next: page.next, total: page.total, error: null, waiting: false });
    } catch (error) {
      setState((old) => ({ ...old, error, waiting: false }));
    }
  };
  useEffect(() => { load(0, []); }, [key]);
  return { ...state, more: () => load(state.next, state.lines) };
}

function OneRun({ run, onClose, onSaid }) {
  const { data, error, reload } = useData('run', { run });
  const [decide, setDecide] = useState(false);
  const line = data?.line;
  const waits = line?.status === 'held' && person.acts;
  return h(Sheet, { open: true, onClose, title: line ? `${say(line.outcome)} · ${moment(line.finished_at)}` : t('run') },
    h(Problem, { error }), !data && !error && h(Waiting),
    data && h(C.Stack, { gap: 5 },
      h(C.Text, null, say(line.reason)),
      line.status === 'failed' && h(Failed, { run, onSaid }),
      h(Facts, null,
        h(Fact, { label: t('started_by') }, say(line.started_by)),
        h(Fact, { label: t('rows_read') }, number(line.rows_read)),
        h(Fact, { label: t('rows_refused') }, number(line.rows_refused)),
        h(Fact, { label: t('masked') }, number(line.masked)),
        h(Fact, { label: t('loss') }, number(line.loss, 4)),
        h(Fact, { label: t('likeness') }, number(line.chrf, 1)),
        h(Fact, { label: t('leaks') }, number(line.leaks)),
        h(Fact, { label: t('data') }, line.dataset_version ?? '–')),
      h(C.HStack, { gap: 2, flexWrap: 'wrap' },
        waits && h(Act, { colorPalette: 'green', onClick: () => setDecide(true) }, t('decide')),
        data.has_report && h(Act, { variant: 'outline', asChild: true }, h('a', { href: address('report', { run }).href, target: '_blank', rel: 'noreferrer' }, t('open_report'))),
        h(Act, { variant: 'ghost', asChild: true }, h(Router.Link, { to: `/dags/cs_retrain/runs/${encodeURIComponent(run)}` }, t('in_airflow')))),
      data.record.verdict && h(Reasons, { reasons: data.record.verdict.reasons }),
      data.has_report && h(Framed, { src: address('report', { run }).href, title: t('report') })),
    decide && h(Decide, { run, onClose: () => setDecide(false), onDone: () => { setDecide(false); reload(); onSaid(t('decided')); } }));
}

const TONE = { failed: ['✕', 'red.fg'], hold: ['…', 'orange.fg'], kept: ['=', 'cyan.fg'], warning: ['!', 'orange.fg'], passed: ['✓', 'green.fg'], not_applicable: ['–', 'fg.muted'] };
const ORDER = Object.keys(TONE);

function Reasons({ reasons }) {
  const sorted = [...reasons].sort((one, two) => ORDER.indexOf(one.outcome) - ORDER.indexOf(two.outcome));
  return h(C.Box, null, h(C.Heading, { as: 'h3', size: 'sm', mb: 2 }, t('rules')),
    h(C.List.Root, { variant: 'plain', gap: 1, fontSize: 'sm' }, sorted.map(({ rule, outcome, words }) =>
      h(C.List.Item, { key: rule, display: 'flex', gap: 2 }, h(C.Text, { as: 'span', color: TONE[outcome][1], width: 4, flexShrink: 0, textAlign: 'center', 'aria-hidden': true }, TONE[outcome][0]),
        h(C.Box, { minW: 0, overflowWrap: 'anywhere' }, h(C.VisuallyHidden, null, t(`rule_${outcome}`)), say(words))))));
}

/** What is safe, and the button that does the failed steps again. */
function Failed({ run, onSaid }) {
  const action = useAction(() => onSaid(t('started')));
  const again = () => action.run(async () => {
    const path = `dags/cs_retrain/dagRuns/${encodeURIComponent(run)}/taskInstances?limit=500`;
    const { task_instances: tasks } = await airflow('GET', path);
    const failed = tasks.filter(({ state }) => state === 'failed' || state === 'upstream_failed').map(({ task_id }) => task_id);
    return airflow('POST', 'dags/cs_retrain/clearTaskInstances', {
      dry_run: false, dag_run_id: run, task_ids: [...new Set([...failed, 'record'])], only_failed: false, include_downstream: true, reset_dag_runs: true,
    });
  });
  return h(C.Alert.Root, { status: 'error', alignItems: 'start' }, h(C.Alert.Indicator), h(C.Box, null,
    h(C.Text, { mb: 2 }, t('what_is_safe')), h(Problem, { error: action.error }),
    person.acts && h(Act, { variant: 'outline', loading: action.busy, onClick: again }, t('try_again'))));
}
