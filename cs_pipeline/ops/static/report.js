// The report as a tab of a run.
import { C, address, h, t, useData } from './kit.js';
import { Empty, Framed, Waiting } from './parts.js';
import { Boundary, Ready } from './shell.js';

function Report({ runId }) {
  const { data, error } = useData('run', { run: runId });
  if (error) return h(Empty, null, t('no_report'));
  if (!data) return h(Waiting);
  if (!data.has_report) return h(Empty, null, t('no_report'));
  return h(C.Box, { p: 3 }, h(Framed, { src: address('report', { run: runId }).href, title: t('report') }));
}

globalThis.AirflowPlugin = ({ dagId, runId }) => {
  if (!globalThis.ChakraUI || dagId !== 'cs_retrain') return null;
  return h(Boundary, null, h(Ready, null, h(Report, { runId })));
};
