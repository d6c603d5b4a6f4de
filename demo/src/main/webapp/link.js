// The login behind a page, and a connection that comes back by itself for as long as the login is good.

import { $, element } from './dom.js';

const FIRST_WAIT = 500, LONGEST_WAIT = 10_000, CONNECTED_WITHIN = 15_000;
const LOGGED_OUT = 1008, TRY_LATER = 1013;

export class Link {
  #path; #heard; #lost; #socket; #retry; #wait = FIRST_WAIT;

  /** Calls heard with each message, and lost with what to tell the person when the connection breaks. */
  constructor(heard, lost) {
    this.#heard = heard;
    this.#lost = lost;
  }

  open(path = this.#path) {
    this.#path = path;
    clearTimeout(this.#retry);
    this.#socket?.close();
    const address = new URL(path, location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const mine = this.#socket = new WebSocket(address);
    mine.onmessage = ({ data }) => { if (mine === this.#socket) this.#heard(JSON.parse(data)); };
    mine.onclose = (event) => { if (mine === this.#socket) this.#closed(event); };
    setTimeout(() => { if (mine.readyState === WebSocket.CONNECTING) mine.close(); }, CONNECTED_WITHIN);
  }

  /** The connection is good: the next one that breaks is tried again at once. */
  stands() {
    this.#wait = FIRST_WAIT;
  }

  /** False if there is no connection. */
  send(text) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  #closed({ code, reason }) {
    if (code === LOGGED_OUT) {
      showLoggedOut(reason);
      return;
    }
    this.#lost(whyLost(code, reason) + '. The page tries again by itself.');
    this.#retry = setTimeout(() => this.#again(), this.#wait * (0.7 + 0.6 * Math.random())); // not all pages at once
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }

  /** Who is logged out is refused without a reason: browsers do not tell a page why no socket was opened. */
  async #again() {
    const broken = this.#socket;
    if (await whoAmI() !== null && broken === this.#socket) this.open();
  }
}

/** The login of this page; undefined if the server does not answer, and null, said to the person, if there is none. */
export async function whoAmI() {
  const request = { cache: 'no-store', signal: AbortSignal.timeout(CONNECTED_WITHIN) };
  const answer = await fetch('api/login', request).catch(() => undefined);
  if (answer?.status === 401) {
    showLoggedOut();
    return null;
  }
  return answer?.ok ? answer.json() : undefined;
}

function whyLost(code, reason) {
  if (code === TRY_LATER && reason.includes('login')) {
    return 'Redis is away for so long that this server can’t tell whether your login was revoked, and lets nobody in';
  }
  return 'The connection to this server is lost' + (reason ? ': ' + reason : '');
}

export async function logOut() {
  await fetch('api/login', { method: 'DELETE' }).catch(() => null);
  location.reload();
}

function showLoggedOut(reason = '') {
  if ($('logged-out')) return;
  const dialog = element('dialog', { id: 'logged-out', 'aria-labelledby': 'logged-out-title' });
  const again = element('button', { type: 'button', class: 'primary', autofocus: '' }, 'Log in again');
  again.onclick = () => location.reload();
  dialog.append(
    element('h2', { id: 'logged-out-title' }, 'You are logged out'),
    element('p', {}, reason.includes('revoked')
      ? 'Your login was revoked: an administrator has ended it, or you have logged out in another window.'
      : 'Your login has ended.'),
    again);
  dialog.oncancel = (event) => event.preventDefault();
  document.body.append(dialog);
  dialog.showModal();
}
