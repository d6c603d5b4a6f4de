// One page: a login, a room, and a connection that comes back by itself.

import { $, badge, element, loadLately, showLately } from './dom.js';
import { Link, logOut, whoAmI } from './link.js';
import { find, isAtEnd, showEvent, showFailure, showMessage, showPeople, showRooms, showStatus, toEnd } from './show.js';

const link = new Link(receive, lost);

let name = '', room = roomOfAddress();
let me = '', node = '', linked = true; // what the server last said

// ---- the connection

function lost(why) {
  for (const bubble of document.querySelectorAll('.message[data-state="sending"]')) {
    showFailure(bubble, 'The connection was lost before it came back.', sayAgain);
  }
  me = '';
  state('lost', why);
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
    link.stands();
    badge($('node'), node);
  }
  if (note?.kind === 'failed') {
    const bubble = find(note.about);
    if (bubble) showFailure(bubble, note.text ?? '', sayAgain);
  }
  // with Redis away a page that is opened does not become ready, but the list of people says so
  if (!linked) state('unlinked'); else if (me) state('open');
}

/** What the connection is like: connecting, open, unlinked (this server alone) or lost. */
function state(now, why = '') {
  if (document.body.dataset.link === now) return;
  document.body.dataset.link = now;
  if (now === 'lost') {
    const retry = element('button', { type: 'button', id: 'retry' }, 'Try now');
    retry.onclick = () => link.open();
    showStatus(why, retry);
  } else if (now === 'unlinked') {
    showStatus('Redis does not answer, so the other servers cannot be reached. This server keeps trying.');
  } else {
    showStatus('');
  }
}

function say(text, id = identifier()) {
  const draft = { id, text, sentAt: Date.now() };
  const bubble = showMessage({ ...draft, name, node }, 'sending');
  if (!link.send(JSON.stringify(draft))) showFailure(bubble, 'There is no connection.', sayAgain);
}

function sayAgain(bubble) {
  say(bubble.querySelector('.text').textContent, bubble.dataset.id);
}

// ---- a room

function enter() {
  $('room-name').textContent = '#' + room;
  document.title = '#' + room + ' · Chat';
  $('log').replaceChildren();
  $('newer').hidden = true;
  me = '';
  state('connecting');
  showRooms(room, {});
  loadLately();
  link.open('chat/' + encodeURIComponent(room));
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
$('log-out').onclick = logOut;
$('newer').onclick = toEnd;
$('log').onscroll = () => { if (isAtEnd()) $('newer').hidden = true; };
$('side-toggle').onclick = () => side(!document.body.classList.contains('side-open'));
$('curtain').onclick = () => side(false);
addEventListener('keydown', (event) => { if (event.key === 'Escape') side(false); });
addEventListener('hashchange', () => { room = roomOfAddress(); side(false); if (name) enter(); });
addEventListener('online', () => { if (document.body.dataset.link === 'lost') link.open(); });

function side(open) {
  document.body.classList.toggle('side-open', open);
  $('side-toggle').setAttribute('aria-expanded', open);
}

async function begin() {
  const login = await whoAmI();
  if (login === undefined) setTimeout(begin, 2_000);
  if (!login) return;
  name = login.name;
  $('who').textContent = name;
  $('logins').hidden = !login.admin;
  enter();
  $('text').focus();
}

showRooms(room, {});
begin();
