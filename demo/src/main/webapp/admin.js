// An administrator's page: who is connected, and a button that ends that.

import { $, badge, element, loadLately, showLately } from './dom.js';
import { Link, logOut } from './link.js';

const link = new Link(hear, (why) => state('lost', why));

function hear({ people, activity, note }) {
  if (people) {
    link.stands();
    if (people.linked) state('open', '');
    else state('unlinked', 'Redis does not answer, so the other servers cannot be reached.');
    showLogins(people.here);
  }
  if (activity) showLately(activity);
  if (note) showResult(note);
}

/** What the connection is like: connecting, open, unlinked (this server alone) or lost. */
function state(now, text) {
  if (document.body.dataset.link === now) return;
  document.body.dataset.link = now;
  showStatus(text);
}

function showStatus(text, good = false) {
  $('status').textContent = text;
  $('status').classList.toggle('good', good);
}

function showResult({ kind, about, text }) {
  const button = revokeButton(about);
  if (button) button.disabled = false;
  if (kind === 'revoked') showStatus(about + ' was logged out on all servers.', true);
  else showStatus(about + ' was logged out on this server only: ' + text + '. Revoke the login again.');
}

/** One line for each person; one that has not changed stays as it is, so that a screen reader says what is new. */
function showLogins(pages) {
  const names = [...new Set(pages.map(({ name }) => name))];
  const before = new Map([...$('logins').children].map((line) => [line.dataset.of, line]));
  const lines = names.map((name) => {
    const theirs = pages.filter((page) => page.name === name);
    const of = JSON.stringify(theirs);
    return before.get(of) ?? newLine(of, name, theirs);
  });
  $('nobody').hidden = names.length > 0;
  if (lines.length === before.size && lines.every((line, i) => line === $('logins').children[i])) return;
  const focused = document.activeElement.dataset.name;
  $('logins').replaceChildren(...lines);
  if (focused) (revokeButton(focused) ?? $('title')).focus();
}

function newLine(of, name, pages) {
  const line = element('tr', { 'data-of': of, 'data-name': name });
  const where = element('ul', {});
  for (const { room, node } of pages) {
    const page = element('li', { 'data-node': node }, '#' + room + ' ');
    page.append(badge(element('span', { class: 'node' }), node));
    where.append(page);
  }
  const places = element('td', {});
  places.append(where);
  const revoke = element('button', { type: 'button', 'data-name': name, 'aria-label': 'Revoke the login of ' + name },
    'Revoke login');
  revoke.onclick = () => {
    revoke.disabled = link.send(name);
    showStatus(revoke.disabled ? '' : 'There is no connection to this server.');
  };
  const action = element('td', {});
  action.append(revoke);
  line.append(element('th', { scope: 'row' }, name), places, action);
  return line;
}

function revokeButton(name) {
  return document.querySelector('#logins button[data-name="' + CSS.escape(name) + '"]');
}

$('log-out').onclick = logOut;
loadLately();
link.open('admin/logins');
