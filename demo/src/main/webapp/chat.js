// One page: a name, a room, a socket that comes back by itself. What people write is only ever set as textContent.

const $ = (id) => document.getElementById(id);
const FIRST_WAIT = 500, LONGEST_WAIT = 10_000, READY_WITHIN = 15_000;
const HUES = [212, 28, 275, 340, 150, 50];

let name = localStorage.getItem('name') ?? '';
let room = roomOfAddress();
let socket, wait = FIRST_WAIT, retry, impatience, unlinked = false, node = '';

// ---- the connection

function connect() {
  clearTimeout(retry);
  clearTimeout(impatience);
  socket?.close();
  const address = new URL('chat/' + encodeURIComponent(room) + '?name=' + encodeURIComponent(name), location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  address.hash = '';
  const mine = socket = new WebSocket(address);
  mine.onmessage = ({ data }) => mine === socket && receive(JSON.parse(data));
  mine.onclose = () => mine === socket && lost();
  impatience = setTimeout(() => mine === socket && socket.readyState === WebSocket.CONNECTING && socket.close(), READY_WITHIN);
  link('connecting');
}

function lost() {
  for (const bubble of document.querySelectorAll('.message[data-state="sending"]')) {
    fail(bubble, 'The connection was lost before it came back.');
  }
  const pause = wait * (0.7 + 0.6 * Math.random()); // so that not all pages come back in the same moment
  wait = Math.min(wait * 2, LONGEST_WAIT);
  retry = setTimeout(connect, pause);
  link('lost');
}

/** Shows how the page is connected: connecting, open, unlinked (this server alone) or lost. */
function link(state) {
  // trying again is part of being lost: the line does not flicker with each attempt
  if (state === 'connecting' && document.body.dataset.link === 'lost') return;
  if (document.body.dataset.link === state) return;
  document.body.dataset.link = state;
  const atEnd = isAtEnd();
  $('status').replaceChildren();
  if (state === 'unlinked') {
    $('status').append('Redis does not answer, so the other servers cannot be reached. It is tried again all the time.');
  } else if (state === 'lost') {
    const now = element('button', { type: 'button', id: 'retry' }, 'Try now');
    now.onclick = () => { wait = FIRST_WAIT; connect(); };
    $('status').append('The connection to this server is lost. The page tries again by itself.', now);
  }
  if (atEnd) toEnd();
}

function receive({ message, people, activity, note }) {
  if (message) showMessage(message);
  if (people) showPeople(people);
  if (activity) { showEvent(activity); addLately(activity); }
  if (note?.kind === 'ready') {
    wait = FIRST_WAIT;
    badge($('node'), node = note.text);
    document.body.dataset.ready = note.about;
    if (!unlinked) link('open');
  }
  if (note?.kind === 'failed') {
    const bubble = find(note.about);
    if (bubble) fail(bubble, note.text ?? '');
  }
}

// ---- messages

function say(text) {
  const draft = { id: identifier(), text, sentAt: Date.now() };
  const bubble = showMessage({ ...draft, name, node }, 'sending');
  send(bubble, draft);
}

function send(bubble, draft) {
  bubble.dataset.state = 'sending';
  bubble.querySelector('.failure')?.remove();
  bubble.querySelector('.time').textContent = 'on its way';
  if (socket.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify(draft));
  } else {
    fail(bubble, 'There is no connection.');
  }
}

function fail(bubble, reason) {
  bubble.dataset.state = 'failed';
  bubble.querySelector('.time').textContent = '';
  const again = element('button', { type: 'button' }, 'Send again');
  again.onclick = () => send(bubble, { id: bubble.dataset.id, text: bubble.querySelector('.text').textContent, sentAt: Date.now() });
  bubble.querySelector('.failure')?.remove();
  const atEnd = isAtEnd();
  const failure = element('span', { class: 'failure', title: reason }, 'Not delivered. ' + reason);
  failure.append(again);
  bubble.querySelector('.meta').append(failure);
  if (atEnd) toEnd();
}

/** Shows a message; one's own is already there since Enter was pressed, and is now known to have been everywhere. */
function showMessage({ id, name: author, text, node: from, sentAt }, state = 'shown') {
  const shown = state === 'shown' ? find(id, '[data-mine]:not([data-state="shown"])') : null;
  const bubble = shown ?? newBubble(id, author, text, from, state === 'sending');
  const millis = Date.now() - sentAt;
  bubble.dataset.state = state;
  bubble.querySelector('.failure')?.remove();
  if (state === 'shown') {
    badge(bubble.querySelector('.node'), from);
    bubble.dataset.node = from;
    bubble.dataset.millis = millis;
    // two machines' clocks differ: a time that cannot be is not shown
    bubble.querySelector('.time').textContent = millis >= 0 && millis < 60_000 ? millis + ' ms' : '';
  }
  return bubble;
}

function newBubble(id, author, text, from, mine) {
  const bubble = element('li', { class: 'message', 'data-id': id, 'data-name': author, 'data-node': from });
  const meta = element('span', { class: 'meta' });
  const clock = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  meta.append(badge(element('span', { class: 'node' }), from), element('span', { class: 'time' }), element('span', { class: 'clock' }, clock));
  bubble.append(element('span', { class: 'author' }, author), element('span', { class: 'text' }, text), meta);
  if (mine) {
    bubble.classList.add('mine');
    bubble.dataset.mine = '';
  }
  const before = $('log').lastElementChild;
  bubble.classList.toggle('same', before?.dataset.name === author && before?.dataset.node === from && before?.matches('.mine') === mine);
  append(bubble, mine);
  return bubble;
}

function showEvent({ what, name: who, room: where, node: from }) {
  if (where !== room) return;
  const line = element('li', { class: 'event', 'data-what': what, 'data-name': who }, sentence(what, who) + ' ');
  line.append(badge(element('span', { class: 'node' }), from));
  append(line, false);
}

function append(line, always) {
  const follow = always || isAtEnd();
  $('log').append(line);
  while ($('log').childElementCount > 500) $('log').firstElementChild.remove();
  if (follow) toEnd(); else $('newer').hidden = false;
}

function isAtEnd() {
  const log = $('log');
  return log.scrollHeight - log.scrollTop - log.clientHeight < 80;
}

function toEnd() {
  $('log').scrollTop = $('log').scrollHeight;
}

// ---- rooms and people

function showPeople({ here, rooms, nodes, linked }) {
  unlinked = !linked;
  if (socket.readyState === WebSocket.OPEN && document.body.dataset.ready !== undefined) link(linked ? 'open' : 'unlinked');
  $('people-count').textContent = here.length;
  $('people').dataset.nodes = nodes.join(' ');
  $('people').replaceChildren(...here.map((person) => {
    const line = element('li', { 'data-name': person.name, 'data-node': person.node });
    line.classList.toggle('me', person.id === document.body.dataset.ready);
    line.append(element('span', { class: 'name' }, person.name), badge(element('span', { class: 'node' }), person.node));
    return line;
  }));
  showRooms(rooms);
}

function showRooms(rooms) {
  const all = [...new Set(['lobby', 'music', 'help', room, ...Object.keys(rooms)])];
  const signature = JSON.stringify([room, all.map((each) => rooms[each] ?? 0)]);
  if ($('rooms').dataset.signature === signature) return; // a link that is replaced loses the keyboard's focus
  $('rooms').dataset.signature = signature;
  $('rooms').replaceChildren(...all.map((each) => {
    const line = element('a', { href: '#' + encodeURIComponent(each), 'data-room': each }, '#' + each);
    if (each === room) line.setAttribute('aria-current', 'page');
    line.append(element('span', {}, rooms[each] ?? ''));
    const item = element('li', {});
    item.append(line);
    return item;
  }));
}

function addLately(activity, atTop = true) {
  const line = element('li', {});
  line.append(element('span', {}, sentence(activity.what, activity.name) + ' · #' + activity.room), badge(element('span', { class: 'node' }), activity.node));
  $('lately')[atTop ? 'prepend' : 'append'](line);
  while ($('lately').childElementCount > 6) $('lately').lastElementChild.remove();
}

async function loadLately() {
  const answer = await fetch('api/activity').catch(() => null);
  if (!answer?.ok) return;
  $('lately').replaceChildren();
  for (const activity of (await answer.json()).slice(0, 6)) addLately(activity, false);
}

function sentence(what, who) {
  return who + ({ came: ' came in', left: ' left', lost: ' is gone: the server does not answer' }[what] ?? ' ' + what);
}

// ---- small things

function element(tag, attributes, text = '') {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

/** Names a server, in the colour that its name always gives. */
function badge(made, from) {
  const sum = [...(from ?? '')].reduce((total, letter) => total + letter.codePointAt(0), 0);
  made.style.setProperty('--hue', HUES[sum % HUES.length]);
  made.textContent = from ?? '';
  return made;
}

function find(id, more = '') {
  return id ? document.querySelector('.message[data-id="' + CSS.escape(id) + '"]' + more) : null;
}

function identifier() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function roomOfAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1)).trim().slice(0, 30) || 'lobby';
  } catch {
    return 'lobby';
  }
}

function enter() {
  $('room-name').textContent = '#' + room;
  document.title = '#' + room + ' · Chat';
  $('rename').textContent = name;
  $('log').replaceChildren();
  $('newer').hidden = true;
  delete document.body.dataset.ready;
  showRooms({});
  loadLately();
  connect();
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
  name = $('name').value.trim().slice(0, 40);
  if (!name) return;
  localStorage.setItem('name', name);
  $('welcome').close();
  enter();
  $('text').focus();
};
$('rename').onclick = ask;
$('welcome').oncancel = (event) => name || event.preventDefault();
$('newer').onclick = toEnd;
$('log').onscroll = () => { if (isAtEnd()) $('newer').hidden = true; };
$('side-toggle').onclick = (event) => { event.stopPropagation(); side(!document.body.classList.contains('side-open')); };
document.querySelector('main').addEventListener('click', () => side(false));
document.addEventListener('keydown', (event) => event.key === 'Escape' && side(false));
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

showRooms({});
if (name) enter(); else ask();
