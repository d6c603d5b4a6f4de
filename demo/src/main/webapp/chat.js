// One page: a name, a room, and a connection that comes back by itself.

import {
  $, badge, element, find, isAtEnd, showEvent, showFailure, showLately, showMessage, showPeople, showRooms, showStatus,
  toEnd,
} from './show.js';

const FIRST_WAIT = 500, LONGEST_WAIT = 10_000, CONNECTED_WITHIN = 15_000;

let name = localStorage.getItem('name') ?? '';
let room = roomOfAddress();
let me = '', node = '', linked = true; // what the server last said
let socket, retry, wait = FIRST_WAIT;

// ---- the connection

function connect() {
  clearTimeout(retry);
  socket?.close();
  const address = new URL('chat/' + encodeURIComponent(room) + '?name=' + encodeURIComponent(name), location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  const mine = socket = new WebSocket(address);
  mine.onmessage = ({ data }) => { if (mine === socket) receive(JSON.parse(data)); };
  mine.onclose = () => { if (mine === socket) lost(); };
  setTimeout(() => { if (mine.readyState === WebSocket.CONNECTING) mine.close(); }, CONNECTED_WITHIN);
}

function lost() {
  for (const bubble of document.querySelectorAll('.message[data-state="sending"]')) {
    showFailure(bubble, 'The connection was lost before it came back.', sayAgain);
  }
  me = '';
  link('lost');
  retry = setTimeout(connect, wait * (0.7 + 0.6 * Math.random())); // not all pages in the same moment
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

function receive({ message, people, activity, note }) {
  if (message) showMessage(message);
  if (people) {
    linked = people.linked;
    showPeople(people.here, me);
    showRooms(room, people.rooms);
  }
  if (activity) {
    showLately(activity);
    if (activity.room === room) showEvent(activity);
  }
  if (note?.kind === 'ready') {
    me = note.about;
    node = note.text;
    wait = FIRST_WAIT;
    badge($('node'), node);
  }
  if (note?.kind === 'failed') {
    const bubble = find(note.about);
    if (bubble) showFailure(bubble, note.text ?? '', sayAgain);
  }
  // with Redis away a page that is opened does not become ready, but the list of people says so
  if (!linked) link('unlinked'); else if (me) link('open');
}

/** What the connection is like: connecting, open, unlinked (this server alone) or lost. */
function link(state) {
  if (document.body.dataset.link === state) return;
  document.body.dataset.link = state;
  if (state === 'lost') {
    const now = element('button', { type: 'button', id: 'retry' }, 'Try now');
    now.onclick = connect;
    showStatus('The connection to this server is lost. The page tries again by itself.', now);
  } else if (state === 'unlinked') {
    showStatus('Redis does not answer, so the other servers cannot be reached. This server keeps trying.');
  } else {
    showStatus('');
  }
}

function say(text, id = identifier()) {
  const draft = { id, text, sentAt: Date.now() };
  const bubble = showMessage({ ...draft, name, node }, 'sending');
  if (socket.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify(draft));
  } else {
    showFailure(bubble, 'There is no connection.', sayAgain);
  }
}

function sayAgain(bubble) {
  say(bubble.querySelector('.text').textContent, bubble.dataset.id);
}

// ---- a room

function enter() {
  $('room-name').textContent = '#' + room;
  document.title = '#' + room + ' · Chat';
  $('rename').textContent = name;
  $('log').replaceChildren();
  $('newer').hidden = true;
  me = '';
  link('connecting');
  showRooms(room, {});
  loadLately();
  connect();
}

/** What happened before this page was opened; its server has heard it all along. */
async function loadLately() {
  const answer = await fetch('api/activity').catch(() => null);
  if (!answer?.ok) return;
  const activities = await answer.json();
  $('lately').replaceChildren();
  for (const activity of activities.slice(0, 6)) showLately(activity, false);
}

function roomOfAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1)).trim().slice(0, 30) || 'lobby';
  } catch {
    return 'lobby';
  }
}

function identifier() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// ---- what the person does

$('composer').onsubmit = (event) => {
  event.preventDefault();
  const text = $('text').value.trim();
  if (text) say(text);
  $('text').value = '';
  $('text').focus();
};
$('text').onkeydown = (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $('composer').requestSubmit();
  }
};
$('room-form').onsubmit = (event) => {
  event.preventDefault();
  const wanted = $('room').value.trim().replace(/^#/, '');
  if (wanted) location.hash = encodeURIComponent(wanted);
  $('room').value = '';
};
$('name-form').onsubmit = (event) => {
  event.preventDefault();
  const wanted = $('name').value.trim();
  if (!wanted) return;
  name = wanted;
  localStorage.setItem('name', name);
  $('welcome').close();
  enter();
  $('text').focus();
};
$('welcome').oncancel = (event) => { if (!name) event.preventDefault(); };
$('rename').onclick = ask;
$('newer').onclick = toEnd;
$('log').onscroll = () => { if (isAtEnd()) $('newer').hidden = true; };
$('side-toggle').onclick = () => side(!document.body.classList.contains('side-open'));
$('curtain').onclick = () => side(false);
addEventListener('keydown', (event) => { if (event.key === 'Escape') side(false); });
addEventListener('hashchange', () => { room = roomOfAddress(); side(false); if (name) enter(); });
addEventListener('online', () => { if (document.body.dataset.link === 'lost') connect(); });

function side(open) {
  document.body.classList.toggle('side-open', open);
  $('side-toggle').setAttribute('aria-expanded', open);
}

function ask() {
  $('name').value = name;
  $('welcome').showModal();
}

showRooms(room, {});
if (name) enter(); else ask();
