// Two models before a person: asked the same, judged blind pair by pair, counted once.
import { C, get, h, moment, number, percent, person, send, t, useEffect, useState } from './kit.js';
import { Act, Fact, Facts, Muted, Panel, Problem, Waiting, Window, useAction } from './parts.js';

const VERDICTS = ['a', 'alike', 'both_bad', 'b'];

/** Ask the live model, and the candidate of `run` beside it; each question on its own. */
export function Ask({ run = '', onClose }) {
  const [question, setQuestion] = useState('');
  const [said, setSaid] = useState([]);
  const action = useAction();
  const ask = () => action.run(async () => {
    const answers = await send('POST', 'ask', { question, run });
    setSaid((old) => [...old, [question, answers]]);
    setQuestion('');
  });
  const submit = (event) => { event.preventDefault(); if (question.trim() && !action.busy) ask(); };
  return h(Window, {
    open: true, onClose, title: t(run ? 'ask_both' : 'ask'), size: run ? 'xl' : 'lg',
    footer: h(C.Box, { as: 'form', onSubmit: submit, width: 'full', display: 'flex', gap: 2 },
      h(C.Input, { value: question, onChange: (event) => setQuestion(event.target.value), maxLength: 500, autoComplete: 'off', placeholder: t('question'), 'aria-label': t('question') }),
      h(Act, { type: 'submit', colorPalette: 'brand', height: 10, loading: action.busy, disabled: !question.trim() }, t('ask'))),
  },
  h(Muted, { mb: 3 }, t(run ? 'ask_both_note' : 'ask_note')),
  h(Problem, { error: action.error }),
  h(C.Stack, { gap: 4, 'aria-live': 'polite' }, said.map(([asked, { live, candidate }], key) => h(C.Box, { key },
    h(C.Text, { fontWeight: 'medium', overflowWrap: 'anywhere' }, asked),
    h(C.SimpleGrid, { columns: { base: 1, md: candidate ? 2 : 1 }, gap: 3, mt: 1 },
      h(Said, { label: candidate && t('live_model'), text: live.answer }),
      candidate && h(Said, { label: t('candidate'), text: candidate.answer })))),
  action.busy && h(C.HStack, { gap: 3 }, h(C.Spinner, { size: 'sm' }), h(Muted, null, t('answering')))));
}

const Said = ({ label, text }) => h(C.Box, { borderStartWidth: 3, ps: 3, minW: 0 },
  label && h(Muted, { fontSize: 'xs' }, label),
  h(C.Text, { overflowWrap: 'anywhere', whiteSpace: 'pre-line' }, text.trim() || t('no_words')));

/** Judge the candidate of a run against the live model; `may`: there is something to decide. */
export function Compare({ run, may, onCounted }) {
  const [sheet, setSheet] = useState(undefined);
  const load = useAction(setSheet);
  const look = () => load.run(() => get('answers', { run }));
  useEffect(() => { look(); }, [run]);
  const draw = useAction(look);
  const count = useAction(() => { look(); onCounted?.(); });
  const again = () => draw.run(() => send('POST', 'answers', { run }));
  const acts = person.acts && may;
  if (sheet === null && !acts) return null;
  const button = acts && sheet !== undefined && (!sheet || sheet.outdated || sheet.preference)
    && h(Act, { variant: 'outline', loading: draw.busy, onClick: again }, t(sheet ? 'draw_again' : 'draw_now'));
  return h(Panel, { title: t('compare_answers'), action: button || null },
    h(Muted, { mb: 3 }, t('compare_note')),
    h(Problem, { error: load.error ?? draw.error ?? count.error }),
    draw.busy && h(C.HStack, { gap: 3, mb: 3, role: 'status' }, h(C.Spinner, { size: 'sm' }), h(Muted, null, t('drawing'))),
    sheet === undefined && !load.error && h(Waiting, { lines: 2 }),
    sheet === null && !draw.busy && h(Muted, null, t('no_draw')),
    sheet?.outdated && !sheet.preference && h(C.Alert.Root, { status: 'warning' }, h(C.Alert.Indicator), t('draw_outdated')),
    sheet?.preference && h(Preference, { told: sheet.preference }),
    sheet && (sheet.preference || !sheet.outdated) && h(Pairs, {
      key: sheet.draw_id, sheet, may: acts && !sheet.preference, busy: count.busy,
      onCount: () => count.run(() => send('POST', 'answers/count', { draw: sheet.draw_id })),
    }));
}

const Preference = ({ told }) => h(C.Box, { mb: 4 }, h(Facts, null,
  h(Fact, { label: t('prefers') }, h(C.Text, { as: 'span', fontWeight: 'semibold' }, `${percent(told.share)} (${percent(told.low)} ~ ${percent(told.high)})`)),
  h(Fact, { label: t('ours_better') }, number(told.preferred)),
  h(Fact, { label: t('live_better') }, number(told.live_preferred)),
  h(Fact, { label: `${t('verdict_alike')} · ${t('verdict_both_bad')}` }, `${number(told.alike)} · ${number(told.both_bad)}`),
  h(Fact, { label: t('judged_by') }, told.judged_by.join(', ') || '–'),
  h(Fact, { label: t('judged_at') }, moment(told.read_at))));

/** One pair at a time; a verdict is kept at the touch and leads to the next open pair. */
function Pairs({ sheet, may, busy, onCount }) {
  const [said, setSaid] = useState(() => Object.fromEntries(sheet.pairs.map((pair) => [pair.pair_id, pair.verdict])));
  const open = (from) => sheet.pairs.findIndex(({ pair_id }, place) => place >= from && !said[pair_id]);
  const [place, setPlace] = useState(() => (may ? Math.max(0, open(0)) : 0));
  const keep = useAction();
  const pair = sheet.pairs[place];
  const judged = Object.values(said).filter(Boolean).length;
  const judge = (verdict) => keep.run(async () => {
    await send('PUT', 'answers', { draw: sheet.draw_id, pair: pair.pair_id, verdict });
    setSaid((old) => ({ ...old, [pair.pair_id]: verdict }));
    const next = open(place + 1);
    setPlace(next >= 0 ? next : Math.min(place + 1, sheet.pairs.length - 1));
  });
  return h(C.Box, null,
    h(C.HStack, { justify: 'space-between', mb: 2, gap: 2, flexWrap: 'wrap' },
      h(Muted, { 'aria-live': 'polite' }, `${t('pair_of', { n: number(place + 1), all: number(sheet.pairs.length) })} · ${t('judged_of', { n: number(judged), all: number(sheet.pairs.length) })}`),
      h(C.HStack, { gap: 1 },
        h(Act, { size: 'xs', variant: 'ghost', disabled: place === 0, onClick: () => setPlace(place - 1) }, t('back')),
        h(Act, { size: 'xs', variant: 'ghost', disabled: place === sheet.pairs.length - 1, onClick: () => setPlace(place + 1) }, t('forth')))),
    h(Problem, { error: keep.error }),
    h(Pair, { pair, verdict: said[pair.pair_id] }),
    may && h(C.SimpleGrid, { columns: { base: 2, md: 4 }, gap: 2, mt: 3 }, VERDICTS.map((verdict) => h(C.Button, {
      key: verdict, height: 12, variant: said[pair.pair_id] === verdict ? 'solid' : 'outline', disabled: keep.busy,
      'aria-pressed': said[pair.pair_id] === verdict, onClick: () => judge(verdict),
    }, t(`verdict_${verdict}`)))),
    may && h(C.HStack, { mt: 4, gap: 3, justify: 'space-between', flexWrap: 'wrap' },
      h(Muted, { fontSize: 'xs', flex: 1, minW: '220px' }, t('count_note', { n: number(sheet.needed) })),
      h(Act, { colorPalette: 'brand', loading: busy, disabled: judged < sheet.needed, onClick: onCount }, t('count_now'))));
}

function Pair({ pair, verdict }) {
  const whose = (side) => pair.candidate && ` · ${t(pair.candidate === side ? 'candidate' : 'live_model')}`;
  const answer = (side, text) => h(C.Box, {
    borderWidth: 1, borderRadius: 'lg', p: 3, minW: 0, borderColor: verdict === side.toLowerCase() ? 'border.inverted' : 'border',
  },
  h(Muted, { fontSize: 'xs', mb: 1 }, t(`answer_${side.toLowerCase()}`), whose(side)),
  h(C.Text, { overflowWrap: 'anywhere', whiteSpace: 'pre-line' }, text.trim() || t('no_words')));
  return h(C.Stack, { gap: 3 },
    pair.context.length > 0 && h(Said, { label: t('said_before'), text: pair.context.join('\n') }),
    h(C.Box, null, h(Muted, { fontSize: 'xs' }, t('question')), h(C.Text, { fontWeight: 'medium', overflowWrap: 'anywhere' }, pair.question)),
    h(Said, { label: t('real_answer'), text: pair.real }),
    h(C.SimpleGrid, { columns: { base: 1, md: 2 }, gap: 3 }, answer('A', pair.a), answer('B', pair.b)),
    verdict && pair.candidate && h(Muted, null, t(`verdict_${verdict}`)));
}
