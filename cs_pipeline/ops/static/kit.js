// What every part of the page uses: elements, words, moments, data from our own routes.
// React, Chakra and the router are those that the host shares; nothing is built or bundled.
export const React = globalThis.React;
export const C = globalThis.ChakraUI ?? {};
export const Router = globalThis.ReactRouterDOM ?? {};
export const h = React.createElement;
export const { useCallback, useEffect, useMemo, useRef, useState } = React;

/** Where our routes are, whatever prefix the host is served under. */
export const base = new URL('../', import.meta.url);
/** Where the host itself is. */
export const host = new URL('../', base);

/** An answer that is not what was asked for, in both languages. */
export class Told extends Error {
  constructor(status, words) {
    super(words.en);
    this.status = status;
    this.words = words;
  }
}

const OFFLINE = { ko: '서버에 닿지 않습니다. 잠시 뒤 다시 시도합니다.', en: 'The server is out of reach. Trying again soon.' };
const SIGNED_OUT = { ko: '로그인이 끝났습니다. 페이지를 새로 고쳐 다시 로그인하세요.', en: 'You are signed out. Reload the page and sign in.' };
const UNKNOWN = { ko: '요청이 실패했습니다. 페이지를 새로 고친 뒤 다시 하세요.', en: 'The request failed. Reload the page and try again.' };

async function ask(url, options) {
  let answer;
  try {
    answer = await fetch(url, { credentials: 'same-origin', ...options });
  } catch {
    throw new Told(0, OFFLINE);
  }
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  const words = told.detail?.ko ? told.detail : answer.status === 401 ? SIGNED_OUT : UNKNOWN;
  throw new Told(answer.status, words);
}

/** GET JSON from one of our routes; `query` is put into the address. */
export async function get(path, query = {}) {
  return (await ask(address(path, query))).json();
}

/** Raises what a route of ours has to say against showing its page. */
export const isThere = (url) => ask(url, { headers: { Accept: 'text/html' } });

/** The address of one of our routes. */
export function address(path, query = {}) {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(query)) {
    if (value !== '' && value != null) url.searchParams.set(name, value);
  }
  return url;
}

/** POST or PUT JSON to one of our routes. */
export async function send(method, path, body) {
  const headers = { 'Content-Type': 'application/json' };
  return (await ask(new URL(path, base), { method, headers, body: JSON.stringify(body) })).json();
}

/** Send a file as it is, its name beside it. */
export async function sendFile(path, file) {
  const headers = { 'Content-Type': 'application/octet-stream', 'X-File-Name': encodeURIComponent(file.name) };
  return (await ask(new URL(path, base), { method: 'PUT', headers, body: file })).json();
}

/** Ask for bytes by POST and hand them to the browser as a download. */
export async function download(path, body, name) {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await ask(new URL(path, base), { method: 'POST', headers, body: JSON.stringify(body) });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The host's own REST interface, with the cookie of whoever is signed in. */
export async function airflow(method, path, body) {
  const options = body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  return (await ask(new URL(`api/v2/${path}`, host), { method, ...options })).json();
}

export const lang = () => {
  const chosen = localStorage.getItem('i18nextLng') || document.documentElement.lang || navigator.language;
  return chosen.toLowerCase().startsWith('ko') ? 'ko' : 'en';
};

/** Words that came from the server in both languages. */
export const say = (words) => (words ? words[lang()] : '');

let words = {};
export let zone = 'Asia/Seoul';
export let person = { name: '', acts: false, raw_text: false };

/** Who looks and the page's own words; asked once. */
export async function begin() {
  const me = await get('me');
  ({ words, zone, person } = me);
}

/** One of the page's own words; `{name}` in it stands for a value. */
export function t(name, values = {}) {
  const pair = words[name];
  if (!pair) throw new Error(`no label ${name}`);
  return pair[lang() === 'ko' ? 0 : 1].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

const shown = (options) => (iso) =>
  iso ? new Intl.DateTimeFormat(lang() === 'ko' ? 'ko-KR' : 'en-GB', { timeZone: zone, ...options }).format(new Date(iso)) : '–';
const withYear = shown({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const thisYear = shown({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
/** Day and time; the year only where it is another one. */
export const moment = (iso) => (iso && new Date(iso).getFullYear() === new Date().getFullYear() ? thisYear(iso) : withYear(iso));
export const day = shown({ month: 'short', day: 'numeric' });

/** A month that is written as `2026-11`. */
export const monthName = (month) => new Intl.DateTimeFormat(lang() === 'ko' ? 'ko-KR' : 'en-GB', { timeZone: 'UTC', year: '2-digit', month: 'short' }).format(new Date(`${month}-15T00:00:00Z`));

/** How long ago, in the largest unit that fits. */
export function ago(iso) {
  const seconds = Math.max(0, (Date.now() - new Date(iso)) / 1000);
  const steps = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
  const [unit, size] = steps.find(([, each]) => seconds >= each) ?? steps[3];
  return new Intl.RelativeTimeFormat(lang(), { numeric: 'auto' }).format(-Math.floor(seconds / size), unit);
}

export const number = (value, digits = 0) =>
  value == null ? '–' : value.toLocaleString(lang(), { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const percent = (share) => `${number(100 * share)}%`;

export const bytes = (value) =>
  value == null ? '–' : value < 1e3 ? `${number(value)} B` : value < 1e6 ? `${number(value / 1e3)} kB` : `${number(value / 1e6, 1)} MB`;

/** Data of a route, asked again every so many seconds while somebody looks. */
export function useData(path, query = {}, seconds = 0) {
  const [state, setState] = useState({ data: null, error: null });
  const key = path && address(path, query).href;
  const load = useCallback(async () => {
    if (!key) return;
    try {
      const data = await (await ask(key)).json();
      setState({ data, error: null });
    } catch (error) {
      if (!(error instanceof Told)) throw error;
      setState((old) => ({ data: old.data, error }));
    }
  }, [key]);
  useEffect(() => {
    load();
    if (!seconds) return undefined;
    const timer = setInterval(() => document.hidden || load(), seconds * 1000);
    return () => clearInterval(timer);
  }, [load, seconds]);
  return { ...state, reload: load };
}

/** Tab, run, version and filters in the address, so that a link leads to them. */
export function usePlace() {
  const [params, setParams] = Router.useSearchParams();
  const go = (changes) => setParams((old) => {
    const next = new URLSearchParams(old);
    for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name);
    return next;
  });
  return [Object.fromEntries(params), go];
}
