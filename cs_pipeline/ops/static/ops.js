// The page in the menu: four tabs on a desk, four buttons at the bottom of a phone.
import { C, h, t, usePlace } from './kit.js';
import { Files } from './files.js';
import { Models } from './models.js';
import { Now } from './now.js';
import { Runs } from './runs.js';
import { Boundary, Plain, Ready, Settled } from './shell.js';

const TABS = [['now', Now, '●'], ['files', Files, '▤'], ['models', Models, '◆'], ['runs', Runs, '↻']];
function Shell() {
  const [place, go] = usePlace();
  const tab = TABS.some(([name]) => name === place.tab) ? place.tab : 'now';
  const [, Tab] = TABS.find(([name]) => name === tab);
  const choose = (name) => go({ tab: name === 'now' ? '' : name, run: '', version: '' });
  return h(C.Flex, { direction: 'column', height: 'full', minH: 0, 'data-testid': 'ops', wordBreak: 'keep-all' },
    h(C.Box, { display: { base: 'none', md: 'block' }, px: 6, pt: 2 },
      h(C.Tabs.Root, { value: tab, onValueChange: (to) => choose(to.value), variant: 'line' },
        h(C.Tabs.List, { 'aria-label': t('title') }, TABS.map(([name]) =>
          h(C.Tabs.Trigger, { key: name, value: name, px: 5, 'aria-controls': 'cs-ops-tab' }, t(`tab_${name}`)))))),
    h(C.Box, { as: 'main', id: 'cs-ops-tab', tabIndex: 0, flex: 1, minH: 0, overflowY: 'auto', px: { base: 3, md: 6 }, py: { base: 3, md: 5 } },
      h(C.Box, { maxW: '1180px', mx: 'auto' }, h(Tab, { key: tab, place, go }))),
    h(C.HStack, { as: 'nav', 'aria-label': t('title'), display: { base: 'flex', md: 'none' }, borderTopWidth: 1, bg: 'bg', gap: 0, flexShrink: 0 },
      TABS.map(([name, , icon]) => h(C.Button, {
        key: name, variant: 'ghost', flex: 1, height: 14, borderRadius: 0, flexDirection: 'column', gap: 0, fontSize: 'xs',
        color: name === tab ? 'fg' : 'fg.muted', fontWeight: name === tab ? 'bold' : 'normal', 'aria-current': name === tab ? 'page' : undefined, onClick: () => choose(name),
      }, h(C.Box, { as: 'span', 'aria-hidden': true, fontSize: 'md' }, icon), t(`tab_${name}`)))));
}

globalThis.AirflowPlugin = () => {
  if (!globalThis.ChakraUI || !globalThis.ReactRouterDOM) return h(Plain);
  return h(Boundary, null, h(Settled, null, h(Ready, null, h(Shell))));
};
