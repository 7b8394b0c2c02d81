// A request for erasure: what it is about, what was found, yes, receipt.
import { C, Told, address, get, h, number, send, t, useState } from './kit.js';
import { Act, Muted, Problem, Window, useAction } from './parts.js';

const lines = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);

/** Asks until a withdrawal has come to its end, which it does whether or not anybody asks. */
async function ended({ token }) {
  for (;;) {
    const now = await get('withdrawal', { token });
    if (now.state === 'done') return now;
    if (now.state !== 'running') throw new Told(0, now.words);
    await new Promise((go) => { setTimeout(go, 1000); });
  }
}

export function Forget({ exports, onClose, onDone }) {
  const [asked, setAsked] = useState({ exports: exports.join('\n'), conversations: '', values: '', later: false });
  const [plan, setPlan] = useState(null);
  const [receipt, setReceipt] = useState(null);
  const find = useAction(setPlan);
  const erase = useAction((made) => { setReceipt(made); setAsked({}); onDone(); });
  const begin = () => erase.run(async () => ended(await send('POST', 'withdrawal', body())));
  const body = () => ({ exports: lines(asked.exports), conversations: lines(asked.conversations), values: lines(asked.values), later: asked.later });
  const set = (name) => (value) => { setAsked((old) => ({ ...old, [name]: value })); setPlan(null); };
  const footer = receipt
    ? h(Act, { colorPalette: 'brand', asChild: true }, h('a', { href: address('receipt', { id: receipt.receipt_id }).href, target: '_blank', rel: 'noreferrer' }, t('open_receipt')))
    : plan
      ? h(Act, { colorPalette: 'red', loading: erase.busy, onClick: begin }, t('erase_now'))
      : h(Act, { colorPalette: 'brand', loading: find.busy, onClick: () => find.run(() => send('POST', 'withdrawal/plan', body())) }, t('find'));
  return h(Window, { open: true, onClose, title: t('erasure'), footer },
    h(Problem, { error: find.error ?? erase.error }),
    erase.busy && h(C.HStack, { gap: 3, mb: 3, role: 'status' }, h(C.Spinner, { size: 'sm' }), h(Muted, null, t('erasing'))),
    receipt
      ? h(C.Alert.Root, { status: 'success' }, h(C.Alert.Indicator), t('erased', { n: number(receipt.rows) }))
      : h(C.Box, null, h(Fields, { asked, set }), plan && h(Plan, { plan })));
}

function Fields({ asked, set }) {
  const field = (name, help, rest) => h(C.Field.Root, { mb: 3 }, h(C.Field.Label, null, t(`erase_${name}`)),
    h(C.Textarea, { rows: 2, value: asked[name], onChange: (event) => set(name)(event.target.value), autoComplete: 'off', spellCheck: false, ...rest }),
    h(C.Field.HelperText, null, help));
  return h(C.Box, null,
    field('conversations', t('one_a_line')),
    field('values', t('values_note')),
    field('exports', t('exports_note')),
    h(C.Checkbox.Root, { checked: asked.later, onCheckedChange: (to) => set('later')(to.checked === true), mb: 4 },
      h(C.Checkbox.HiddenInput), h(C.Checkbox.Control), h(C.Checkbox.Label, null, t('erase_later'))));
}

/** What would go; no text of a conversation. */
const Plan = ({ plan }) => h(C.Box, { borderWidth: 1, borderRadius: 'lg', p: 4 },
  h(C.Text, { fontWeight: 'semibold', mb: 2 }, t('found')),
  plan.exports.length === 0 && plan.refused_rows === 0
    ? h(C.Text, { fontSize: 'sm' }, t('found_nothing'))
    : h(C.List.Root, { ps: 5, fontSize: 'sm', gap: 1 },
      plan.exports.map((one) => h(C.List.Item, { key: one.sha256, overflowWrap: 'anywhere' }, `${one.name}: ${t('rows_n', { n: number(one.rows) })}${one.whole ? ` · ${t('and_original')}` : ''}`)),
      plan.refused_rows > 0 && h(C.List.Item, null, t('found_refused', { n: number(plan.refused_rows) })),
      plan.models.length > 0 && h(C.List.Item, null, t('found_models', { n: number(plan.models.length) })),
      plan.runs > 0 && h(C.List.Item, null, t('found_runs', { n: number(plan.runs) }))),
  h(Muted, { mt: 3 }, t('cannot_be_undone')));
