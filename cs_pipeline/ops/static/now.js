// The first tab: is all well, what is live, what must be done, what is going on.
import { C, Router, ago, airflow, day, h, moment, number, person, say, t, useData, useEffect, useState } from './kit.js';
import { Curve } from './charts.js';
import { Ask } from './answers.js';
import { CheckUp, Decide, Pause, RollBack, Train } from './decide.js';
import { Act, Empty, Fact, Facts, Muted, Panel, Pill, Problem, Waiting } from './parts.js';

const STEPS = ['collect', 'validate', 'mask', 'merge', 'train', 'gate', 'promote'];
const MARK = { well: 'green.500', look: 'orange.400', broken: 'red.500' };

export function Now({ place, go }) {
  const { data, error, reload } = useData('now', {}, 10);
  const [open, setOpen] = useState(null);
  const [said, setSaid] = useState('');
  const close = () => setOpen(null);
  const done = (words) => () => { setSaid(words); setOpen(null); reload(); };
  if (!data) return h(C.Box, null, h(Problem, { error }), !error && h(Waiting, { lines: 8 }));
  const subject = place.run;
  return h(C.Stack, { gap: { base: 4, md: 5 } },
    h(Problem, { error }),
    said && h(C.Alert.Root, { status: 'success', role: 'status' }, h(C.Alert.Indicator), said),
    h(Headline, { data }),
    data.maintenance && h(C.Alert.Root, { status: 'warning' }, h(C.Alert.Indicator),
      h(C.Box, { flex: 1 }, say(data.maintenance)), person.acts && h(Act, { size: 'xs', variant: 'outline', onClick: () => setOpen({ kind: 'resume' }) }, t('start_again'))),
    h(C.Grid, { templateColumns: { base: 'minmax(0, 1fr)', lg: 'minmax(0, 3fr) minmax(0, 2fr)' }, gap: { base: 4, md: 5 }, alignItems: 'start' },
      h(C.Stack, { gap: { base: 4, md: 5 }, minW: 0 },
        h(ToDo, { data, go, onOpen: setOpen }),
        h(Live, { live: data.live, go, onOpen: setOpen })),
      h(C.Stack, { gap: { base: 4, md: 5 }, minW: 0 },
        h(Underway, { data, onOpen: setOpen }),
        h(Moves, { moves: data.moves }))),
    open?.kind === 'rollback' && h(RollBack, { onClose: close, onDone: done(t('rolled_back')) }),
    open?.kind === 'decide' && h(Decide, { run: open.run, onClose: close, onDone: done(t('decided')) }),
    open?.kind === 'ask' && h(Ask, { onClose: close }),
    open?.kind === 'check' && h(CheckUp, { onClose: close }),
    open?.kind === 'train' && h(Train, { onClose: close, onDone: done(t('started')) }),
    (open?.kind === 'pause' || open?.kind === 'resume') && h(Pause, { on: open.kind === 'resume', onClose: close, onDone: done(t('switched')) }),
    !open && subject && place.do === 'decide' && h(Decide, { run: subject, onClose: () => go({ run: '', do: '' }), onDone: () => { go({ run: '', do: '' }); done(t('decided'))(); } }),
    !open && place.do === 'rollback' && h(RollBack, { onClose: () => go({ do: '' }), onDone: () => { go({ do: '' }); done(t('rolled_back'))(); } }));
}

function Headline({ data }) {
  return h(C.HStack, { align: 'center', gap: 3, py: 1 },
    h(C.Text, { as: 'span', 'aria-hidden': true, color: MARK[data.mood], fontSize: '2xl', lineHeight: 1 }, '●'),
    h(C.Box, { minW: 0 }, h(C.Heading, { as: 'h1', size: { base: 'lg', md: 'xl' }, lineHeight: 1.4 }, say(data.headline)),
      h(Muted, null, `${t(`mood_${data.mood}`)} · ${t('looked', { ago: ago(data.looked_at) })}`)));
}

function Live({ live, go, onOpen }) {
  if (!live) return h(Panel, { title: t('live_model') }, h(Empty, null, t('no_model')));
  const buttons = h(C.HStack, { gap: 2 },
    h(Act, { variant: 'outline', onClick: () => go({ tab: 'models', version: live.version_id }) }, t('details')),
    person.acts && h(Act, { variant: 'outline', onClick: () => onOpen({ kind: 'ask' }) }, t('ask')),
    person.acts && live.can_go_back && h(Act, { colorPalette: 'red', variant: 'outline', onClick: () => onOpen({ kind: 'rollback' }) }, t('roll_back')));
  return h(Panel, { title: t('live_model'), action: buttons },
    h(C.HStack, { align: 'baseline', gap: 3, mb: 1, flexWrap: 'wrap' },
      h(C.Text, { fontSize: '4xl', fontWeight: 'bold', lineHeight: 1.1, letterSpacing: 'tight' }, `#${live.number}`),
      h(C.Text, { color: 'fg.muted' }, t('since', { when: moment(live.since) }))),
    h(C.Text, { mb: 4 }, say(live.better)),
    h(Facts, null,
      h(Fact, { label: t('learnt_from') }, live.train_rows == null ? '–' : t('conversations', { n: number(live.train_rows) })),
      h(Fact, { label: t('how') }, say(live.how)),
      h(Fact, { label: t('who') }, live.by === 'gate' ? t('by_rules') : live.by || '–'),
      h(Fact, { label: t('note') }, live.note || '–')));
}

function ToDo({ data, go, onOpen }) {
  const button = ({ kind, subject }) => ({
    approval: person.acts && h(Act, { colorPalette: 'green', onClick: () => onOpen({ kind: 'decide', run: subject }) }, t('decide')),
    rows: h(Act, { variant: 'outline', onClick: () => go({ tab: 'files' }) }, t('correct')),
    files_refused: h(Act, { variant: 'outline', onClick: () => go({ tab: 'files' }) }, t('see_files')),
    failed: h(Act, { variant: 'outline', onClick: () => go({ tab: 'runs', run: subject }) }, t('see_run')),
    withdrawn: person.acts && h(Act, { colorPalette: 'brand', onClick: () => onOpen({ kind: 'train' }) }, t('train')),
    inbox_stuck: h(Act, { variant: 'outline', asChild: true }, h(Router.Link, { to: '/dags/cs_retrain' }, t('see_schedule'))),
  }[kind]);
  return h(Panel, { title: t('to_do') },
    data.to_do.length === 0
      ? h(C.Text, { color: 'fg.muted', fontSize: 'sm' }, t('nothing_to_do'))
      : h(C.Stack, { gap: 0, separator: h(C.StackSeparator) }, data.to_do.map((one) =>
        h(C.Flex, { key: one.kind + one.subject, py: 3, gap: 3, direction: { base: 'column', sm: 'row' }, justify: 'space-between', align: { base: 'flex-start', sm: 'center' } },
          h(C.Text, { minW: 0 }, say(one.words)), button(one) || null))));
}

/** Runs that are under way: the host knows their steps, our trainer how far it is. */
function Underway({ data, onOpen }) {
  const run = useRunning();
  const title = h(C.Box, { as: 'span' }, t('going_on'));
  const action = person.acts && h(Act, { variant: 'outline', onClick: () => onOpen({ kind: 'train' }) }, t('train'));
  return h(Panel, { title, action },
    run ? h(Steps, { run }) : h(C.Text, { fontSize: 'sm', color: 'fg.muted', mb: 3 }, data.at_work || t('nothing_going_on')),
    h(C.Box, { borderTopWidth: 1, pt: 3, mt: 3 }, h(C.SimpleGrid, { columns: 2, gap: 3 },
      h(Fact, { label: t('inbox') }, t('files_waiting', { n: number(data.waiting) })),
      h(Fact, { label: t('watcher') }, data.inbox_looked_at ? t('looked_in', { ago: ago(data.inbox_looked_at) }) : t('not_known')),
      h(Fact, { label: t('disk') }, t('disk_free', { free: number(data.disk.free_gib), total: number(data.disk.total_gib) })),
      h(Fact, { label: t('last_run') }, data.last_run ? `${day(data.last_run.finished_at)} · ${say(data.last_run.outcome)}` : '–'))),
    person.acts && h(C.HStack, { mt: 3, gap: 1, flexWrap: 'wrap', ms: -2 },
      h(C.Button, { size: 'xs', variant: 'ghost', color: 'fg.muted', onClick: () => onOpen({ kind: 'check' }) }, t('check_up')),
      !data.maintenance && h(C.Button, { size: 'xs', variant: 'ghost', color: 'fg.muted', onClick: () => onOpen({ kind: 'pause' }) }, t('pause'))));
}

function useRunning() {
  const [run, setRun] = useState(null);
  useEffect(() => {
    let gone = false;
    const look = async () => {
      try {
        const found = await airflow('GET', 'dags/cs_retrain/dagRuns?state=running&order_by=-run_after&limit=1');
        const newest = found.dag_runs[0];
        const tasks = newest && (await airflow('GET', `dags/cs_retrain/dagRuns/${encodeURIComponent(newest.dag_run_id)}/taskInstances?limit=200`));
        if (!gone) setRun(newest ? { id: newest.dag_run_id, since: newest.start_date, tasks: tasks.task_instances } : null);
      } catch {
        if (!gone) setRun(null); // the scheduler's side says nothing: what we know ourselves stays
      }
    };
    look();
    const timer = setInterval(() => document.hidden || look(), 10_000);
    return () => { gone = true; clearInterval(timer); };
  }, []);
  return run;
}

function stepState(tasks, step) {
  const states = tasks.filter(({ task_id }) => task_id.split('.').at(-1) === step).map(({ state }) => state);
  if (states.some((state) => state === 'failed' || state === 'upstream_failed')) return 'failed';
  if (states.some((state) => ['running', 'deferred', 'queued', 'up_for_retry'].includes(state))) return 'running';
  return states.length && states.every((state) => state === 'success' || state === 'skipped') ? 'done' : 'open';
}

function Steps({ run }) {
  const { data } = useData('progress', { run: run.id }, 5);
  const marks = { done: ['✓', 'green.fg'], running: ['●', 'blue.fg'], failed: ['✕', 'red.fg'], open: ['○', 'fg.muted'] };
  const progress = data?.progress;
  const share = progress?.steps ? (100 * (progress.step ?? 0)) / progress.steps : null;
  return h(C.Box, null,
    h(Muted, { mb: 2 }, t('running_since', { when: moment(run.since) })),
    h(C.List.Root, { variant: 'plain', gap: 1 }, STEPS.map((step) => {
      const [mark, color] = marks[stepState(run.tasks, step)];
      return h(C.List.Item, { key: step }, h(C.Text, { as: 'span', color, me: 2, 'aria-hidden': true }, mark), t(`step_${step}`));
    })),
    share != null && h(C.Box, { mt: 3 },
      h(C.Progress.Root, { value: share, size: 'sm', colorPalette: 'blue', 'aria-label': t('step_train') }, h(C.Progress.Track, null, h(C.Progress.Range))),
      h(Muted, { mt: 1 }, `${number(share)}%${progress.eta_seconds ? ` · ${t('minutes_left', { n: number(Math.ceil(progress.eta_seconds / 60)) })}` : ''}`),
      h(Curve, { points: data.curve })));
}

export function Moves({ moves, more = 0 }) {
  return h(Panel, { title: t('moves') }, moves.length === 0 ? h(Empty, null, t('no_moves')) : h(C.Stack, { gap: 0, separator: h(C.StackSeparator) },
    moves.map((move) => h(C.Box, { key: move.number, py: 2.5 },
      h(C.HStack, { justify: 'space-between', gap: 3 },
        h(C.HStack, { gap: 2 }, h(C.Text, { fontWeight: 'semibold' }, `#${move.number}`), h(Pill, null, say(move.how))),
        h(Muted, { whiteSpace: 'nowrap' }, moment(move.moved_at))),
      move.note && h(C.Text, { fontSize: 'sm', mt: 1, overflowWrap: 'anywhere' }, move.by && move.by !== 'gate' ? `${move.by}: ${move.note}` : move.note)))),
  more > 0 && h(Muted, { mt: 2 }, t('and_more', { n: number(more) })));
}
