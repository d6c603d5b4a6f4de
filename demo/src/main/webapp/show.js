// What the chat shows.

import { $, badge, element, sentence } from './dom.js';

const KEPT_LINES = 500, OLDEST_MILLIS = 60_000;

/** Shows a message; one's own is there since Enter was pressed, and is now known to have been everywhere. */
export function showMessage({ id, name, text, node, sentAt }, state = 'shown') {
  const mine = state === 'sending';
  const bubble = find(id, '[data-mine]:not([data-state="shown"])') ?? newBubble(id, name, text, node, mine);
  const millis = Date.now() - sentAt;
  bubble.dataset.state = state;
  bubble.querySelector('.failure')?.remove();
  if (mine) {
    bubble.querySelector('.time').textContent = 'on its way';
  } else {
    badge(bubble.querySelector('.node'), node);
    bubble.dataset.node = node;
    // two machines' clocks differ: a time that cannot be is not shown
    bubble.querySelector('.time').textContent = millis >= 0 && millis < OLDEST_MILLIS ? millis + ' ms' : '';
  }
  return bubble;
}

/** Marks one's own message as not delivered, with a button to send it again. */
export function showFailure(bubble, reason, sayAgain) {
  const follow = isAtEnd();
  const again = element('button', { type: 'button' }, 'Send again');
  again.onclick = () => sayAgain(bubble);
  const failure = element('span', { class: 'failure' }, 'Not delivered. ' + reason);
  failure.append(again);
  bubble.dataset.state = 'failed';
  bubble.querySelector('.time').textContent = '';
  bubble.querySelector('.failure')?.remove();
  bubble.querySelector('.meta').append(failure);
  if (follow) toEnd();
}

/** Says that somebody came or left, in a line of the room. */
export function showEvent({ what, name, node }) {
  const line = element('li', { class: 'event', 'data-what': what, 'data-name': name }, sentence(what, name) + ' ');
  line.append(badge(element('span', { class: 'node' }), node));
  append(line, false);
}

export function showPeople(here, me) {
  $('people-count').textContent = here.length;
  $('people').replaceChildren(...here.map((person) => {
    const line = element('li', { 'data-name': person.name, 'data-node': person.node });
    line.classList.toggle('me', person.id === me);
    line.append(element('span', { class: 'name' }, person.name), badge(element('span', { class: 'node' }), person.node));
    return line;
  }));
}

export function showRooms(room, counts) {
  const all = [...new Set(['lobby', 'music', 'help', room, ...Object.keys(counts)])];
  const signature = JSON.stringify([room, all.map((each) => [each, counts[each]])]);
  if ($('rooms').dataset.signature === signature) return; // a link that is replaced loses the keyboard's focus
  $('rooms').dataset.signature = signature;
  $('rooms').replaceChildren(...all.map((each) => {
    const link = element('a', { href: '#' + encodeURIComponent(each), 'data-room': each }, '#' + each);
    if (each === room) link.setAttribute('aria-current', 'page');
    link.append(element('span', {}, counts[each] ?? ''));
    const item = element('li', {});
    item.append(link);
    return item;
  }));
}

/** Says in one line what is wrong with the connection; nothing if all is well. */
export function showStatus(text, ...more) {
  const follow = isAtEnd();
  $('status').replaceChildren(text, ...more);
  if (follow) toEnd();
}

export function find(id, more = '') {
  return id ? document.querySelector('.message[data-id="' + CSS.escape(id) + '"]' + more) : null;
}

export function isAtEnd() {
  const log = $('log');
  return log.scrollHeight - log.scrollTop - log.clientHeight < 80;
}

export function toEnd() {
  $('log').scrollTop = $('log').scrollHeight;
}

// a window that is made smaller, as by a phone's keyboard, does not hide the last message
let atEnd = true;
$('log').addEventListener('scroll', () => { atEnd = isAtEnd(); });
new ResizeObserver(() => { if (atEnd) toEnd(); }).observe($('log'));

function newBubble(id, name, text, node, mine) {
  const bubble = element('li', { class: 'message', 'data-id': id, 'data-name': name, 'data-node': node });
  const meta = element('span', { class: 'meta' });
  const clock = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  meta.append(
    badge(element('span', { class: 'node' }), node),
    element('span', { class: 'time' }),
    element('span', { class: 'clock' }, clock));
  bubble.append(element('span', { class: 'author' }, name), element('span', { class: 'text' }, text), meta);
  const before = $('log').lastElementChild?.dataset ?? {};
  const same = before.id && before.name === name && before.node === node && (before.mine !== undefined) === mine;
  bubble.classList.toggle('same', Boolean(same));
  if (mine) {
    bubble.classList.add('mine');
    bubble.dataset.mine = '';
  }
  append(bubble, mine);
  return bubble;
}

function append(line, always) {
  const follow = always || isAtEnd();
  $('log').append(line);
  while ($('log').childElementCount > KEPT_LINES) $('log').firstElementChild.remove();
  if (follow) toEnd(); else $('newer').hidden = false;
}
