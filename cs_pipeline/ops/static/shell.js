// What stands around our parts: the boundary for faults, the plain page, the wait for words.
import { C, React, Router, base, begin, h, lang, useEffect, useState } from './kit.js';

const FAILED = {
  ko: '페이지를 그리지 못했습니다. 새로 고치거나 간단한 페이지를 여세요.',
  en: 'The page could not be drawn. Reload it, or open the plain page.',
};
const PLAIN = { ko: '간단한 페이지 열기', en: 'Open the plain page' };

/** Where the host shares no Chakra, or something of ours fails: the server-made page. */
export const Plain = ({ failed }) => h('div', { style: { padding: '1rem', height: '100%' } },
  failed && h('p', { role: 'alert' }, FAILED[lang()]),
  h('p', null, h('a', { href: base.href, target: '_blank', rel: 'noreferrer' }, PLAIN[lang()])),
  !failed && h('iframe', { src: base.href, title: PLAIN[lang()], sandbox: 'allow-popups', style: { width: '100%', height: '80vh', border: 0 } }));

export class Boundary extends React.Component {
  constructor(props) {
    super(props);
    this.state = { failed: false };
  }

  static getDerivedStateFromError() {
    return { failed: true };
  }

  render() {
    return this.state.failed ? h(Plain, { failed: true }) : this.props.children;
  }
}

let settled = false;

/**
 * The host shows what it has just loaded by another kind of element than what it knows already, so
 * its next drawing would throw our state away. This makes that drawing happen before there is any.
 */
export function Settled({ children }) {
  const { pathname, search } = Router.useLocation();
  const navigate = Router.useNavigate();
  const [, drawAgain] = useState(0);
  useEffect(() => {
    if (settled) return;
    settled = true;
    navigate(pathname + search, { replace: true });
    drawAgain(1);
  }, []);
  return settled ? children : null;
}

/** Waits for the words, then shows its children. */
export function Ready({ children }) {
  const [state, setState] = useState('waiting');
  useEffect(() => { begin().then(() => setState('ready'), () => setState('failed')); }, []);
  if (state === 'failed') return h(Plain, { failed: true });
  return state === 'ready' ? children : h(C.Box, { p: 6 }, h(C.Spinner));
}
