// Pieces that look the same on every tab.
import { C, Told, h, isThere, say, t, useEffect, useState } from './kit.js';

export const TONES = {
  promoted: 'green', live: 'green', well: 'green', processed: 'green',
  held: 'orange', look: 'orange', previous: 'blue', was_live: 'blue', pending: 'blue', processing: 'blue', settling: 'blue',
  kept: 'cyan',
  rejected: 'red', refused: 'red', failed: 'red', broken: 'red', damaged: 'red',
};

export const Pill = ({ tone, children }) =>
  h(C.Badge, { colorPalette: TONES[tone] ?? 'gray', size: 'md', variant: 'subtle', whiteSpace: 'nowrap' }, children);

/** A framed part of a tab. */
export const Panel = ({ title, action, children, ...rest }) =>
  h(C.Box, { as: 'section', borderWidth: 1, borderRadius: 'xl', bg: 'bg', p: { base: 4, md: 5 }, minW: 0, ...rest },
    (title || action) && h(C.HStack, { justify: 'space-between', align: 'center', mb: 3, gap: 3, flexWrap: 'wrap' },
      h(C.Heading, { as: 'h2', size: 'md', fontWeight: 'semibold' }, title), action),
    children);

export const Muted = (props) => h(C.Text, { color: 'fg.muted', fontSize: 'sm', ...props });

export const Fact = ({ label, children }) =>
  h(C.Box, { minW: 0 }, h(C.Text, { color: 'fg.muted', fontSize: 'xs' }, label),
    h(C.Box, { fontSize: 'sm', overflowWrap: 'anywhere' }, children));

export const Facts = ({ children }) =>
  h(C.SimpleGrid, { columns: { base: 2, md: 4 }, gap: 4 }, children);

export const Problem = ({ error }) => error && h(C.Alert.Root, { status: 'error', mb: 3, alignItems: 'start' },
  h(C.Alert.Indicator), h(C.Box, { overflowWrap: 'anywhere' }, say(error.words)));

export const Empty = ({ children }) => h(C.Box, { py: 6, textAlign: 'center', color: 'fg.muted', fontSize: 'sm' }, children);

/** Grey bars until the data is there. */
export const Waiting = ({ lines = 4 }) => h(C.Stack, { gap: 3, py: 2, 'aria-busy': true },
  Array.from({ length: lines }, (_, key) => h(C.Skeleton, { key, height: 5, width: `${92 - 13 * (key % 4)}%` })));

export const Act = (props) => h(C.Button, { size: 'sm', ...props });

/** A list that is a table on a desk and a column of cards on a phone. */
export function Listing({ columns, rows, keyOf, onOpen, card }) {
  return h(C.Box, null,
    h(C.Box, { display: { base: 'none', lg: 'block' }, overflowX: 'auto' },
      h(C.Table.Root, { size: 'sm', interactive: Boolean(onOpen) },
        h(C.Table.Header, null, h(C.Table.Row, { bg: 'transparent' }, columns.map(({ label, end, hidden }) =>
          h(C.Table.ColumnHeader, { key: label, textAlign: end ? 'end' : 'start', color: 'fg.muted', whiteSpace: 'nowrap' }, hidden ? h(C.VisuallyHidden, null, label) : label)))),
        h(C.Table.Body, null, rows.map((row) => h(C.Table.Row, { key: keyOf(row), bg: 'transparent' },
          columns.map(({ label, end, cell, open }) => h(C.Table.Cell, { key: label, textAlign: end ? 'end' : 'start', verticalAlign: 'top' },
            open && onOpen
              ? h(C.Link, { as: 'button', type: 'button', onClick: () => onOpen(row), whiteSpace: 'nowrap', fontWeight: 'medium', color: 'fg', textDecoration: 'underline', textDecorationColor: 'border.emphasized', textUnderlineOffset: '3px' }, cell(row))
              : cell(row)))))))),
    h(C.Stack, { display: { base: 'flex', lg: 'none' }, gap: 0, separator: h(C.StackSeparator) }, rows.map((row) =>
      h(C.Box, { key: keyOf(row), as: onOpen ? 'button' : 'div', type: onOpen && 'button', onClick: onOpen && (() => onOpen(row)), textAlign: 'start', width: 'full', py: 3, minW: 0 }, card(row)))));
}

/** A window over the page. `footer` holds its buttons. */
export const Window = ({ open, onClose, title, footer, children, size = 'lg' }) =>
  h(C.Dialog.Root, { open, onOpenChange: (to) => to.open || onClose(), size: { mdDown: 'full', md: size }, scrollBehavior: 'inside' },
    h(C.Portal, null, h(C.Dialog.Backdrop), h(C.Dialog.Positioner, null, h(C.Dialog.Content, { wordBreak: 'keep-all' },
      h(C.Dialog.Header, { pe: 12 }, h(C.Dialog.Title, { fontSize: 'lg' }, title)),
      h(C.Dialog.Body, null, children),
      footer && h(C.Dialog.Footer, { flexWrap: 'wrap' }, footer),
      h(C.Dialog.CloseTrigger, { asChild: true }, h(C.CloseButton, { size: 'sm', 'aria-label': t('close') }))))));

/** A sheet at the side; on a phone the whole screen. */
export const Sheet = ({ open, onClose, title, children }) =>
  h(C.Drawer.Root, { open, onOpenChange: (to) => to.open || onClose(), size: { base: 'full', lg: 'xl' } },
    h(C.Portal, null, h(C.Drawer.Backdrop), h(C.Drawer.Positioner, null, h(C.Drawer.Content, { wordBreak: 'keep-all' },
      h(C.Drawer.Header, { pe: 12 }, h(C.Drawer.Title, { fontSize: 'lg', overflowWrap: 'anywhere' }, title)),
      h(C.Drawer.Body, null, children),
      h(C.Drawer.CloseTrigger, { asChild: true }, h(C.CloseButton, { size: 'sm', 'aria-label': t('close') }))))));

/** A page of ours (report, quality page) inside ours: it may run and load nothing. */
export function Framed({ src: page, title }) {
  const around = document.documentElement.classList.contains('dark') ? 'dark' : 'light';
  const src = `${page}&theme=${around}`;
  const look = useAction();
  useEffect(() => { look.run(() => isThere(src)); }, [src]);
  if (look.error) return h(Empty, null, say(look.error.words));
  return h(C.Box, { as: 'iframe', src, title, sandbox: 'allow-popups', width: 'full', height: '75vh', borderWidth: 1, borderRadius: 'lg' });
}

/** Runs something that may fail; `busy` and `error` are for the window that asks. */
export function useAction(onDone) {
  const [state, setState] = useState({ busy: false, error: null });
  const run = async (work) => {
    setState({ busy: true, error: null });
    try {
      const done = await work();
      setState({ busy: false, error: null });
      onDone?.(done);
    } catch (error) {
      setState({ busy: false, error: error instanceof Told ? error : null });
      if (!(error instanceof Told)) throw error;
    }
  };
  return { ...state, run };
}
